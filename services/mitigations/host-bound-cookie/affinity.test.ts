import { expect, test } from 'vitest';
import { cast, type Process, type Reply, type Request, type World } from '../../../simulator/contract/index.ts';
import { RecordView } from '../../../simulator/experiment/index.ts';
import { runScenario } from '../../../simulator/virtual/index.ts';
import { ask, rehearsal, standIn } from '../../rehearsal.ts';
import { defaultRouterOptions, router, type RouterOptions } from '../../router/index.ts';
import { affinity } from './affinity.ts';

const { health: _health, ...plain } = defaultRouterOptions;
const options: RouterOptions = { ...plain, pool: 'app' };
const door = cast({
  name: 'door',
  pool: 'edge',
  role: router,
  options,
  wraps: [affinity({ pool: 'app', timeoutMs: 1_000, actedAs: 'sticky' })],
});

/** Two instances in turn. */
const hosts = [
  standIn('a', 'app'),
  standIn('b', 'app', { answer: (request) => ({ status: request.path === '/broken' ? 500 : 200 }) }),
  door,
];

function run(script: (world: World, seen: string[]) => Process<void>): { seen: readonly string[]; acted: number } {
  const seen: string[] = [];
  const record = runScenario(
    rehearsal(hosts, (world) => script(world, seen)),
    { seed: 1 },
  );
  return { seen, acted: new RecordView(record).total('mitigation.actions', { mitigation: 'sticky' }) };
}

/** A browser: keeps what it is given. */
function* visit(world: World, jar: Record<string, unknown>, path = '/'): Process<Reply> {
  const cookies = { ...jar } as NonNullable<Request['cookies']>;
  const reply = yield* ask(world, 'door', { path, cookies });
  Object.assign(jar, reply.cookies);
  return reply;
}

const instanceOf = ({ headers }: Reply): string => headers?.['x-instance'] ?? 'nobody';

test('a browser stays with the instance that answered it first, another one with another', () => {
  const { seen, acted } = run(function* (world, list) {
    const [ann, bob] = [{}, {}];
    for (const jar of [ann, bob, ann, ann, bob]) list.push(instanceOf(yield* visit(world, jar)));
  });
  expect(seen).toEqual(['a', 'b', 'a', 'a', 'b']);
  expect(acted).toBe(3);
});

test('who keeps no cookie is sent to whoever is next', () => {
  const { seen, acted } = run(function* (world, list) {
    for (let time = 0; time < 3; time++) list.push(instanceOf(yield* visit(world, {})));
  });
  expect(seen).toEqual(['a', 'b', 'a']);
  expect(acted).toBe(0);
});

test('when its instance is gone a browser goes to another one, and stays there when the first is back', () => {
  const { seen } = run(function* (world, list) {
    const jar = {};
    list.push(instanceOf(yield* visit(world, jar)));
    world.hosts!.crash('a');
    list.push(instanceOf(yield* visit(world, jar)));
    world.hosts!.start('a');
    yield* world.timers.sleep(10);
    list.push(instanceOf(yield* visit(world, jar)));
  });
  expect(seen).toEqual(['a', 'b', 'b']);
});

test('an error of its instance is the browser’s: it is not tried elsewhere', () => {
  const { seen } = run(function* (world, list) {
    const jar = {};
    yield* visit(world, {});
    list.push(instanceOf(yield* visit(world, jar)));
    list.push(String((yield* visit(world, jar, '/broken')).status), instanceOf(yield* visit(world, jar)));
  });
  expect(seen).toEqual(['b', '500', 'b']);
});
