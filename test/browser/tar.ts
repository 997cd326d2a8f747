/**
 * Reads tar archives in the POSIX ustar format (and the pax headers that npm writes for long names), so that no `tar`
 * program is needed to unpack a browser or to look into a package.
 */

const BLOCK_BYTES = 512;

export interface TarFile {
  readonly path: string;
  /** Permission bits, as in `chmod`. */
  readonly mode: number;
  readonly content: Buffer;
}

/**
 * The regular files of an archive, in order; folders are left out.
 *
 * @throws Error for anything that this reader does not know (links, devices), or an archive cut short
 */
export function readTar(archive: Buffer): TarFile[] {
  const files: TarFile[] = [];
  let paxPath: string | undefined;
  for (let offset = 0; offset < archive.length && archive[offset] !== 0;) {
    const header = archive.subarray(offset, offset + BLOCK_BYTES);
    const sizeBytes = octal(header, 124, 12);
    const start = offset + BLOCK_BYTES;
    const content = archive.subarray(start, start + sizeBytes);
    if (content.length !== sizeBytes) throw new Error(`The archive ends within ${pathOf(header)}: unpack it anew.`);
    offset = start + Math.ceil(sizeBytes / BLOCK_BYTES) * BLOCK_BYTES;
    const type = String.fromCharCode(header[156]!);
    if (type === 'x') paxPath = /(?:^|\n)\d+ path=(.*)\n/.exec(content.toString('utf8'))?.[1];
    else {
      if (type === '0' || type === '\0') files.push(fileOf(header, content, paxPath));
      else if (type !== '5' && type !== 'g')
        throw new Error(`${pathOf(header)} has the type "${type}": teach readTar.`);
      paxPath = undefined;
    }
  }
  return files;
}

function fileOf(header: Buffer, content: Buffer, paxPath: string | undefined): TarFile {
  return { path: paxPath ?? pathOf(header), mode: octal(header, 100, 8) & 0o777, content };
}

function pathOf(header: Buffer): string {
  const prefix = text(header, 345, 155);
  const name = text(header, 0, 100);
  // GNU archives end their magic with blanks and keep other things where ustar keeps the prefix.
  return header.toString('latin1', 257, 263) === 'ustar\0' && prefix !== '' ? `${prefix}/${name}` : name;
}

function octal(header: Buffer, start: number, length: number): number {
  const digits = text(header, start, length).trim();
  if (!/^[0-7]+$/.test(digits)) throw new Error(`"${digits}" is no octal number: this is not a ustar archive.`);
  return Number.parseInt(digits, 8);
}

function text(header: Buffer, start: number, length: number): string {
  const field = header.toString('utf8', start, start + length);
  const end = field.indexOf('\0');
  return end === -1 ? field : field.slice(0, end);
}
