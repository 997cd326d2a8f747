/**
 * What a piece of behaviour is: a generator that waits by delegating to operations. Written so because the same
 * generator can be driven synchronously in virtual time and over promises in real time, with full types:
 * `const reply = yield* world.network.call('idp', request)`.
 */

/** Something to wait for, once. `yield*` it; the value of the expression is the result. */
export interface Operation<A> {
  [Symbol.iterator](): Iterator<Operation<unknown>, A, unknown>;
}

/** A running behaviour: it yields operations and ends with a value. */
export type Process<A> = Generator<Operation<unknown>, A, unknown>;

/** Either of the two: what `race`, `all` and `timeout` accept. */
export type Work<A> = Operation<A> | Process<A>;

/** The value that an operation or a process ends with. */
export type ResultOf<W> = W extends { [Symbol.iterator](): Iterator<unknown, infer A, never> } ? A : never;
