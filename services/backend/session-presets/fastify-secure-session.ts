/** @fastify/secure-session: the session encrypted into a cookie, with an array of keys. */
import type { SessionPreset } from './preset.ts';

export const fastifySecureSession: SessionPreset = {
  id: 'fastify-secure-session',
  sentence: 'Leaves a cookie that it cannot open alone; encrypts what it reads with an older key anew at once.',
  source: '@fastify/secure-session 8.4.0 with an array of keys: measured, also in a rolling deploy of [new, old].',
  behaviour: { destructiveRejection: false, resignOnRead: true },
};
