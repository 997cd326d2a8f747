/** Mathematics and chance that give the same bits in every engine: the model uses these instead of `Math.log` and its kin. */
export { Draws } from './draws.ts';
export { exp } from './exp.ts';
export { hashText, keyedBits, mix32 } from './hash.ts';
export { keyOf } from './keys.ts';
export { ln } from './ln.ts';
export { power } from './power.ts';
