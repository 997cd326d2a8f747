// An alarm that was never heard is not an alarm: each way of losing an event is planted by hand, in the structure's own
// columns, and the assertion must name it.
import { expect, test } from 'vitest';
import { EventQueue } from './event-queue.ts';

function filled(wheelThresholdCount: number): EventQueue {
  const queue = new EventQueue({ wheelThresholdCount });
  for (let n = 0; n < 40; n++) queue.schedule(1_000 + 90_000 * (n >> 1), 1, {});
  queue.cancel(3);
  queue.next(Infinity);
  queue.assertConserved();
  return queue;
}

test('a count that does not add up is reported with its numbers', () => {
  const queue = filled(Infinity);
  queue['fired']++;
  expect(() => queue.assertConserved()).toThrow(
    '40 scheduled, but 2 fired + 1 cancelled + 38 pending, of which 38 can be reached',
  );
});

test('an event that has dropped out of its list is missed', () => {
  const queue = filled(0);
  queue['slots'].nextLinks[10] = -1;
  expect(() => queue.assertConserved()).toThrow('38 pending, of which 37 can be reached');
});

test('a list whose mark of being occupied is gone is missed', () => {
  const queue = filled(0);
  queue['wheel']!['lists']['occupied'].fill(0);
  expect(() => queue.assertConserved()).toThrow('38 pending, of which 0 can be reached');
});

test('a list linked to itself is reported instead of walked for ever', () => {
  const queue = filled(0);
  queue['slots'].nextLinks[10] = 10;
  expect(() => queue.assertConserved()).toThrow('lost or doubled');
});

test('an event that a heap forgot is missed', () => {
  const queue = filled(Infinity);
  queue['heap'].count--;
  expect(() => queue.assertConserved()).toThrow('38 pending, of which 37 can be reached');
});
