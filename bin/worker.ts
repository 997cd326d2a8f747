/** One core's share of the work: takes tasks from the pool, one at a time, and answers each with its document. */
import { parentPort } from 'node:worker_threads';
import { failureOf, type Answer, type Order } from './pool.ts';
import { perform } from './tasks.ts';

parentPort?.on('message', (order: Order) => {
  parentPort?.postMessage(answerTo(order));
});

function answerTo({ id, task }: Order): Answer {
  try {
    return { id, result: perform(task) };
  } catch (error) {
    return { id, failure: failureOf(error) };
  }
}
