// Six suites by what they need: `unit` needs nothing, `program` the compiled program, `browser` a Chromium unpacked from
// its npm package, `system` other programs (see test/system/run), `docs` time: it runs every command that the lessons show
// and draws the sample reports anew; `long` replays and scores whole incidents through the compiled program, minutes of it.
// `npm test` runs the first three, `npm run docs:check` and `npm run test:long` the last two, `.ci/run` all.
import { defineConfig } from 'vitest/config';

const compiled = 'test/compile-program.mjs';
const programTests = ['bin/**/*.test.ts', 'test/program/**/*.test.ts', 'test/portability/**/*.test.ts'];
const docsTests = ['test/program/docs/**/*.test.ts', 'test/program/gallery.test.ts'];
const longTests = [
  'test/program/{documents,experiments,report}.test.ts',
  'test/portability/same-digest.test.ts',
  'bin/scenario-file/init/init.test.ts',
];
const browserTests = ['test/browser/**/*.test.ts'];
const systemTests = ['test/system/**/*.test.ts'];
const never = ['**/node_modules/**', 'dist/**'];

export default defineConfig({
  test: {
    // Simulations are CPU-bound: a slow machine needs patience, not a red test.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // By default one core stays idle; some tests wait for a real library's time-outs and use none.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...never, ...programTests, ...browserTests, ...systemTests],
        },
      },
      {
        extends: true,
        test: {
          name: 'program',
          include: programTests,
          exclude: [...never, ...docsTests, ...longTests],
          globalSetup: compiled,
        },
      },
      { extends: true, test: { name: 'long', include: longTests, exclude: never, globalSetup: compiled } },
      { extends: true, test: { name: 'docs', include: docsTests, exclude: never, globalSetup: compiled } },
      { extends: true, test: { name: 'browser', include: browserTests, exclude: never } },
      { extends: true, test: { name: 'system', include: systemTests, exclude: never, globalSetup: compiled } },
    ],
  },
});
