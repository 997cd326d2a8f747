/** The model's side: a script replayed in virtual time, each fault as the value that stands for it there. */
import type { Claims, Jwk, Process, Response, SigningKey, Token, World } from '../../simulator/contract/index.ts';
import type { Verdict, VerifierProfile } from '../../services/backend/verifier/index.ts';
import {
  DOCUMENTS,
  fillerCount,
  LIFETIME_SECONDS,
  TOKENS,
  type DocumentName,
  type EntryName,
  type SignerName,
  type TokenPlan,
} from './documents.ts';
import { Transcript, type Act, type AnswerFault, type Script } from './script.ts';
import { AUDIENCE, ISSUER, play, type Stage } from './verifier-stage.ts';

type Keys = Readonly<Record<SignerName, SigningKey>>;

export function replayInModel(script: Script, profile: VerifierProfile): readonly string[] {
  const transcript = new Transcript();
  const fetched: FetchWatch = { lastOutcome: '' };
  const { ended } = play(profile, (stage) => perform(stage, script, transcript, fetched), {
    observe: (world) => watching(world, fetched),
  });
  if (!ended) throw new Error(`The script "${script.name}" did not come to its end.`);
  return transcript.lines;
}

/** How the last fetch ended, read off the counter that the verifier keeps. */
interface FetchWatch {
  lastOutcome: string;
}

function watching(world: World, watch: FetchWatch): World {
  const { journal } = world;
  const counter: World['journal']['counter'] = (name, labels) => {
    const inner = journal.counter(name, labels);
    if (name !== 'keys.fetches') return inner;
    return {
      add(count) {
        watch.lastOutcome = labels?.['outcome'] ?? '';
        inner.add(count);
      },
    };
  };
  return { ...world, journal: { ...journal, counter } };
}

function* perform(stage: Stage, script: Script, transcript: Transcript, watch: FetchWatch): Process<void> {
  const { world, verifier, idp } = stage;
  const keys = makeKeys(world);
  const tokens = new Map<string, Token>();
  for (const [name, plan] of Object.entries(TOKENS)) tokens.set(name, yield* makeToken(world, keys, plan));
  idp.answer = () => response('good-set', keys);
  yield* verifier.start();
  for (const act of script.acts) yield* performOne(stage, act, keys, tokens, transcript, watch);
}

function* performOne(
  { world, verifier, idp }: Stage,
  act: Act,
  keys: Keys,
  tokens: ReadonlyMap<string, Token>,
  transcript: Transcript,
  watch: FetchWatch,
): Process<void> {
  switch (act.act) {
    case 'answer':
      idp.answer = () => response(act.as, keys);
      return;
    case 'advance':
    case 'wait':
      yield* world.timers.sleep(act.seconds * 1000);
      return;
    case 'fetches':
      transcript.fetched(idp.requests.length);
      return;
    case 'present':
      transcript.presented(act.token, seen(yield* verifier.verify(tokens.get(act.token)!, { key: 1 }), watch));
      return;
    case 'together': {
      const verifications = Array.from({ length: act.count }, (_, key) =>
        verifier.verify(tokens.get(act.token)!, { key }),
      );
      const verdicts = yield* world.tasks.all(...verifications);
      transcript.many(
        `times ${act.token} at once`,
        verdicts.map((verdict) => seen(verdict, watch)),
      );
      return;
    }
    case 'flood': {
      const all: string[] = [];
      for (let i = 0; i < act.count; i++) {
        const token = yield* makeToken(world, keys, { signer: 'stranger', kid: `bogus-${i}` });
        all.push(seen(yield* verifier.verify(token, { key: i }), watch));
      }
      transcript.many('unknown kids', all);
    }
  }
}

function seen(verdict: Verdict, watch: FetchWatch): string {
  if (verdict.ok) return 'accepted';
  return verdict.reason === 'keys-unavailable' ? `keys-unavailable (${watch.lastOutcome})` : verdict.reason;
}

function makeKeys({ seals }: World): Keys {
  return {
    good: seals.createKey('good'),
    next: seals.createKey('next'),
    rsa: seals.createKey('rsa', 'RS256'),
    stranger: seals.createKey('stranger'),
  };
}

function* makeToken({ seals, clock }: World, keys: Keys, plan: TokenPlan): Process<Token> {
  const nowSeconds = Math.floor(clock.nowMs() / 1000);
  const exp = plan.expInSeconds === undefined ? LIFETIME_SECONDS : plan.expInSeconds;
  const claims: Claims = {
    iss: plan.iss ?? ISSUER,
    aud: plan.aud ?? AUDIENCE,
    ...(exp === null ? {} : { exp: nowSeconds + exp }),
    ...(plan.nbfInSeconds === undefined ? {} : { nbf: nowSeconds + plan.nbfInSeconds }),
  };
  const token = yield* seals.sign(keys[plan.signer], claims);
  const alg = plan.alg ?? token.header.alg;
  const kid = plan.kid === undefined ? keys[plan.signer].kid : plan.kid;
  return { ...token, header: kid === null ? { alg } : { alg, kid } };
}

function response(as: AnswerFault | DocumentName, keys: Keys): Response {
  const body = { keys: [entry('good', keys)] };
  switch (as) {
    case 'status-503':
      return { status: 503, body: 'upstream connect error' };
    case 'status-429':
      return { status: 429, headers: { 'retry-after': '30' }, body: 'slow down' };
    case 'html-200':
      return { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Down for maintenance</h1>' };
    case 'redirect-to-login':
      return { status: 302, headers: { location: '/login' } };
    case 'empty-body':
      return { status: 200 };
    case 'empty-object':
      return { status: 200, body: {} };
    case 'truncated-json':
      return { status: 200, body: '{"keys":[{"kty":"EC","k' };
    case 'reset':
      return { status: 200, body, fate: 'reset' };
    case 'cut-body':
      return { status: 200, body, fate: 'cut' };
    case 'hang':
      return { status: 200, body, fate: 'hang' };
    case 'dribble-40s':
      return { status: 200, body, fate: 'dribble', dribbleMs: 40_000 };
    case 'wrong-content-type':
      return { status: 200, headers: { 'content-type': 'text/html' }, body };
    case 'down':
      return { status: 200, body, fate: 'refuse' };
    default:
      return { status: 200, body: { keys: documentKeys(as, keys) } };
  }
}

function documentKeys(name: DocumentName, keys: Keys): unknown[] {
  const filler = { kty: 'EC', crv: 'P-256', material: 'filler' };
  const before = Array.from({ length: fillerCount(name) }, (_, i) => ({ ...filler, kid: `filler-${i}` }));
  return [...before, ...DOCUMENTS[name].map((entryName) => entry(entryName, keys))];
}

function entry(name: EntryName, keys: Keys): unknown {
  const good: Jwk = { kty: 'EC', crv: 'P-256', kid: 'good', alg: 'ES256', use: 'sig', material: keys.good.material };
  const { kid: _kid, ...withoutKid } = good;
  switch (name) {
    case 'good':
      return good;
    case 'next':
      return { ...good, kid: 'next', material: keys.next.material };
    case 'retired':
      return { ...good, kid: 'retired', material: 'retired' };
    case 'rsa':
      return { kty: 'RSA', kid: 'rsa', alg: 'RS256', use: 'sig', material: keys.rsa.material };
    case 'good-without-kid':
      return withoutKid;
    case 'good-for-encryption':
      return { ...good, use: 'enc' };
    case 'stranger-as-good':
      return { ...good, material: keys.stranger.material };
    case 'unknown-kty':
      return { kty: 'FUTURE', kid: 'future', alg: 'ES256', use: 'sig' };
    case 'malformed':
      return { kty: 'EC', crv: 'P-256', kid: 'broken' };
    case 'ed25519':
      return { kty: 'OKP', crv: 'Ed25519', kid: 'edwards', material: 'edwards' };
    case 'rsa-as-good':
      return { kty: 'RSA', kid: 'good', material: keys.rsa.material };
    case 'p384-as-good':
      return { kty: 'EC', crv: 'P-384', kid: 'good', material: 'p384' };
    case 'good-for-es384':
      return { ...good, alg: 'ES384' };
    case 'null':
      return null;
  }
}
