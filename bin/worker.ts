/** One core's share of the work: takes tasks from the pool, one at a time, and answers each with its document. */
import { parentPort, workerData } from 'node:worker_threads';
import { failureOf, type Answer, type Order } from './pool.ts';
import { enrol, type ScenarioFile } from './scenario-file/registry.ts';
import { perform } from './tasks.ts';

enrol((workerData as { readonly files?: readonly ScenarioFile[] } | null)?.files ?? []);

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
