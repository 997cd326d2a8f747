/** The lessons as a reader goes through them: each `console` block is a command line and what it prints. */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { authdrill, run } from '../../portability/program.ts';

const folder = fileURLToPath(new URL('../../../docs/lessons/', import.meta.url));
const BLOCK = /^```console\n\$ (?<command>[^\n]+)\n(?<output>[^]*?)^```$/gm;

const ONLY_AUTHDRILL = '[ "$1 $2 $3 $4" = "run -s authdrill --" ] || { echo "not authdrill: npm $*"; exit 2; }';

export interface Session {
  readonly command: string;
  readonly output: string;
}

/** Paths of the chapters, in order. */
export function chapters(): readonly string[] {
  const names = readdirSync(folder).filter((name) => /^\d\d-.+\.md$/.test(name));
  return names.sort().map((name) => join(folder, name));
}

export function sessionsOf(text: string): readonly Session[] {
  return [...text.matchAll(BLOCK)].map(({ groups }) => ({ command: groups!['command']!, output: groups!['output']! }));
}

/** The chapter with what its commands print now. */
export function withOutputs(text: string, outputs: readonly string[]): string {
  let index = 0;
  return text.replace(BLOCK, (_, command: string) => `\`\`\`console\n$ ${command}\n${outputs[index++]!}\`\`\``);
}

/** Runs a command line in a shell for which `npm run -s authdrill --` is the compiled program. */
export async function printed(command: string): Promise<string> {
  const place = mkdtempSync(join(tmpdir(), 'lesson-'));
  try {
    const npm = join(place, 'npm');
    writeFileSync(npm, `#!/bin/sh\n${ONLY_AUTHDRILL}\nshift 4\nexec "${process.execPath}" "${authdrill}" "$@"\n`);
    chmodSync(npm, 0o755);
    const env = { PATH: `${place}${delimiter}${process.env['PATH'] ?? ''}` };
    const { stdout } = await run('sh', ['-c', `${command} 2>/dev/null`], { cwd: place, env });
    return stdout;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** What a chapter must have, in this order. */
export const SECTIONS = ['Predict', 'Run', 'See', 'Fix', 'Exercises', 'Answers'] as const;

export function headingsOf(path: string): readonly string[] {
  return [...readFileSync(path, 'utf8').matchAll(/^## (.+)$/gm)].map(([, heading]) => heading!);
}
