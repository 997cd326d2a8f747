/** Impossible options are refused when the scenario is written, by name and with a remedy. */
import { expect, test } from 'vitest';
import { SimulatorError } from '../../../simulator/contract/index.ts';
import * as faults from '../index.ts';

test.each<[string, () => unknown]>([
  ['delayMs', () => faults.slow({ delayMs: 0 })],
  ['delayMs', () => faults.slow({ delayMs: Infinity })],
  ['jitterMeanMs', () => faults.slow({ delayMs: 1, jitterMeanMs: -1 })],
  ['bodyMs', () => faults.dribble({ bodyMs: NaN })],
  ['status', () => faults.status({ status: 200 })],
  ['status', () => faults.status({ status: 600 })],
  ['retryAfterSeconds', () => faults.status({ status: 503, retryAfterSeconds: 1.5 })],
  ['status', () => faults.redirect({ status: 200 })],
  ['location', () => faults.redirect({ location: '' })],
  ['keptRatio', () => faults.truncatedJson({ keptRatio: 1 })],
  ['kids', () => faults.keysMissing({ kids: [] })],
  ['contentType', () => faults.wrongContentType({ contentType: '' })],
  ['keyCount', () => faults.hugeSet({ keyCount: 0 })],
  ['keyCount', () => faults.hugeSet({ keyCount: 100_001 })],
  ['upMs', () => faults.flap({ upMs: 0, downMs: 1 }, faults.refuse())],
  ['downMs', () => faults.flap({ upMs: 1, downMs: -1 }, faults.refuse())],
])('an impossible %s is refused', (field, make) => {
  const error = errorOf(make);
  expect(error).toMatchObject({
    code: 'bad-scenario',
    message: expect.stringContaining(`${field} cannot be`) as string,
  });
  expect(error.remedy).toMatch(/^(Give|Choose|Say|Name) .*\.$/);
});

function errorOf(make: () => unknown): SimulatorError {
  try {
    make();
  } catch (error) {
    if (error instanceof SimulatorError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}
