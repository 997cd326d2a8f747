/** One script of a source file and all that it imports, for a page. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Bundle {
  /** A classic script, which leaves the exports of the entry in the global variable `identity`. */
  readonly script: string;
  /** Paths of all that went into it, from the root of the repository. */
  readonly inputs: readonly string[];
  /** What is imported but not in it: must be nothing. */
  readonly missing: readonly string[];
}

/**
 * @param entry path from the root of the repository, or a source text
 * @throws Error naming an import that a browser does not have, such as one of Node's own modules
 */
export async function bundleForBrowser(entry: { path: string } | { source: string }): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    ...('path' in entry ? { entryPoints: [entry.path] } : { stdin: { contents: entry.source, resolveDir: root } }),
    absWorkingDir: root,
    bundle: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'identity',
    target: 'es2023',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const missing = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  return { script: outputFiles[0]!.text, inputs: Object.keys(metafile.inputs), missing };
}
