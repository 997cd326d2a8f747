// Tests of the program itself run dist/bin/authdrill.js; this compiles it once before them, whatever started the tests.
import { ensureReady } from '../bin/setup.mjs';

export async function setup() {
  await ensureReady();
}
