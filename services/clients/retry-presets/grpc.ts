/**
 * gRPC, proposal A6 (grpc/proposal, A6-client-retries.md): at most 5 attempts, pauses spread by a fifth, retry throttling with
 * the document's example of 10 tokens and a ratio of 0.1. Its example of a back-off: 0.1 s, factor 2, up to 1 s.
 */
import type { RetryOptions } from '../retry/index.ts';

export const grpcA6: RetryOptions = {
  backOff: { kind: 'proportional', baseMs: 100, capMs: 1_000, jitterRatio: 0.2 },
  maxAttempts: 5,
  budget: { kind: 'token-ratio', maxTokens: 10, tokenRatio: 0.1 },
};
