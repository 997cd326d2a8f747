// Runs the program from a clone: sets it up if need be, then becomes it. The compiled program runs in this very process,
// so signals, exit codes and a closed pipe reach it as they would reach an installed one.
import { fileURLToPath } from 'node:url';
import { setUpOrExit } from './setup.mjs';

await setUpOrExit();
const program = new URL('../dist/bin/authdrill.js', import.meta.url);
process.argv[1] = fileURLToPath(program);
await import(program.href);
