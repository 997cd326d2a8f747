import { describe, expect, test } from 'vitest';
import { cast, type HostSpec, type Process, type Reply, type World } from '../../simulator/contract/index.ts';
import { runScenario } from '../../simulator/virtual/index.ts';
import { defaultIdpOptions, idp, makeBrowser, obtainCode, type Browser } from '../idp/index.ts';
import { ask, rehearsal } from '../rehearsal.ts';
import { backend, defaultBackendOptions, SESSION_COOKIE } from './index.ts';

const provider = cast({
  name: 'provider',
  pool: 'provider',
  role: idp,
  options: { ...defaultIdpOptions, issuer: 'https://provider', audience: 'web' },
});

function app(name: string, secret: string): HostSpec {
  const options = {
    ...defaultBackendOptions,
    idp: { host: 'none', issuer: 'none', audience: 'none' },
    bootMs: 0,
    serviceMeanMs: 0,
    session: {
      secrets: [secret] as const,
      destructiveRejection: true,
      resignOnRead: false,
      lifetimeMs: 600_000,
      loginState: true,
      signOn: { host: 'provider', clientId: 'web', timeoutMs: 1_000 },
    },
  };
  return cast({ name, pool: 'app', role: backend, options });
}

function run(script: (world: World) => Process<void>): void {
  runScenario(rehearsal([provider, app('a', 'one'), app('b', 'two')], script), { seed: 1 });
}

/** The form at one instance, the provider, the way back to another. */
function* signIn(world: World, agent: Browser, from: string, to: string, key: number): Process<Reply> {
  const form = yield* ask(world, from, { path: '/login' });
  const got = yield* obtainCode(world, agent, { key, typingMs: 8_000 });
  if (!got.ok) throw new Error(got.failure);
  const cookies = form.cookies as Record<string, NonNullable<NonNullable<Reply['cookies']>[string]>>;
  return yield* ask(world, to, {
    path: '/callback',
    query: { code: got.code, code_verifier: got.verifier },
    cookies,
    key,
  });
}

const agentOf = (user: string): Browser => makeBrowser({ user, clientId: 'web', idp: 'provider' });

describe('a sign-in at the provider', () => {
  test('sends the browser there, exchanges the code and begins a session for the user it stands for', () => {
    const seen: unknown[] = [];
    run(function* (world) {
      seen.push((yield* ask(world, 'a', { path: '/login' })).headers!['location']);
      const back = yield* signIn(world, agentOf('ann'), 'a', 'a', 1);
      const cookie = back.cookies![SESSION_COOKIE]!;
      seen.push(back.status, (cookie.value as { user: string }).user);
      seen.push((yield* ask(world, 'a', { path: '/app/page', cookies: { [SESSION_COOKIE]: cookie } })).status);
    });
    expect(seen).toEqual(['https://provider/authorize', 302, 'ann', 200]);
  });

  test('takes no time to type the second time, because the provider remembers', () => {
    const tookMs: number[] = [];
    run(function* (world) {
      const agent = agentOf('ann');
      for (const key of [1, 2]) {
        const startMs = world.clock.nowMs();
        yield* signIn(world, agent, 'a', 'a', key);
        tookMs.push(world.clock.nowMs() - startMs);
      }
    });
    expect(tookMs[0]!).toBeGreaterThan(8_000);
    expect(tookMs[1]!).toBeLessThan(1_000);
  });

  test('fails when the way back ends at an instance that does not know how it began', () => {
    const seen: unknown[] = [];
    run(function* (world) {
      const back = yield* signIn(world, agentOf('ann'), 'a', 'b', 1);
      seen.push(back.headers!['location'], back.cookies);
    });
    expect(seen).toEqual(['/login?reason=unknown-form', undefined]);
  });

  test('fails with 502 for a code that the provider does not know, or when it is down', () => {
    const seen: number[] = [];
    run(function* (world) {
      const query = { code: 'made-up', code_verifier: 'made-up' };
      seen.push((yield* ask(world, 'a', { path: '/callback', query })).status);
      world.hosts!.crash('provider');
      seen.push((yield* ask(world, 'a', { path: '/callback', query })).status);
      seen.push((yield* ask(world, 'a', { path: '/callback' })).status);
    });
    expect(seen).toEqual([502, 502, 502]);
  });
});
