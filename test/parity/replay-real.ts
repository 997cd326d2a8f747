/** The real side: a script replayed against a library, an IdP on loopback, and a clock that can be pushed. */
import { DOCUMENTS, TOKENS, type DocumentName, type TokenName } from './documents.ts';
import { LoopbackIdp } from './loopback-idp.ts';
import type { PushedClock } from './pushed-clock.ts';
import { documentText, makeToken, type RealKeys } from './real-tokens.ts';
import { Transcript, type Act, type AnswerFault, type Script } from './script.ts';

/** A library at work on one key set. */
export interface RealVerifier {
  /** What it says about a token, in the words of the scripts. An error that has none is a finding, and thrown. */
  verdict(token: string): Promise<string>;
  /** HTTP requests for the key set that it has begun. */
  readonly fetchCount: number;
}

export type OpenVerifier = (keySet: URL) => RealVerifier;

/** lru-cache keeps its idea of the time for a millisecond of real time. */
const TICK_MS = 5;

export async function replayAgainst(
  open: OpenVerifier,
  script: Script,
  keys: RealKeys,
  clock: PushedClock,
): Promise<readonly string[]> {
  const idp = new LoopbackIdp();
  idp.body = documentText('good-set', keys);
  await idp.open();
  try {
    return await new Replay(idp, open(idp.url), keys, clock).perform(script);
  } finally {
    await idp.close();
  }
}

class Replay {
  readonly #idp: LoopbackIdp;
  readonly #verifier: RealVerifier;
  readonly #keys: RealKeys;
  readonly #clock: PushedClock;
  readonly #transcript = new Transcript();

  constructor(idp: LoopbackIdp, verifier: RealVerifier, keys: RealKeys, clock: PushedClock) {
    this.#idp = idp;
    this.#verifier = verifier;
    this.#keys = keys;
    this.#clock = clock;
  }

  async perform(script: Script): Promise<readonly string[]> {
    const tokens = new Map<TokenName, string>();
    for (const name of Object.keys(TOKENS) as TokenName[]) tokens.set(name, await makeToken(TOKENS[name], this.#keys));
    for (const act of script.acts) await this.#performOne(act, tokens);
    return this.#transcript.lines;
  }

  async #performOne(act: Act, tokens: ReadonlyMap<TokenName, string>): Promise<void> {
    switch (act.act) {
      case 'answer':
        return await this.#answer(act.as);
      case 'advance':
        this.#clock.push(act.seconds);
        return await realTime(TICK_MS);
      case 'wait':
        return await realTime(act.seconds * 1000);
      case 'fetches':
        return this.#transcript.fetched(this.#verifier.fetchCount);
      case 'present':
        return this.#transcript.presented(act.token, await this.#verifier.verdict(tokens.get(act.token)!));
      case 'together': {
        const token = tokens.get(act.token)!;
        const seen = await Promise.all(Array.from({ length: act.count }, () => this.#verifier.verdict(token)));
        return this.#transcript.many(`times ${act.token} at once`, seen);
      }
      case 'flood': {
        const seen: string[] = [];
        for (let i = 0; i < act.count; i++) {
          seen.push(
            await this.#verifier.verdict(await makeToken({ signer: 'stranger', kid: `bogus-${i}` }, this.#keys)),
          );
        }
        return this.#transcript.many('unknown kids', seen);
      }
    }
  }

  async #answer(as: AnswerFault | DocumentName): Promise<void> {
    const isDocument = as in DOCUMENTS;
    this.#idp.body = documentText(isDocument ? (as as DocumentName) : 'good-set', this.#keys);
    await this.#idp.behave(isDocument ? undefined : (as as AnswerFault));
  }
}

async function realTime(durationMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, durationMs));
}
