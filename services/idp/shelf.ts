/**
 * Where an IdP keeps what it must remember: on disk when it is durable, else in memory. Records are replaced, never
 * changed in place, and written when they are made: a process that dies a moment later has lost nothing.
 */
import type { Disk } from '../../simulator/contract/index.ts';

/** A shelf with the shape of a disk that is lost with the process. */
export function memoryShelf(): Disk {
  const records = new Map<string, unknown>();
  return {
    read: (name) => records.get(name),
    write: (name, value) => void records.set(name, value),
  };
}

/** Hands out names that no other start of this host hands out. The kind is part of the name, so kinds never mix. */
export class Names {
  readonly #incarnation: number;
  #madeCount = 0;

  constructor(incarnation: number) {
    this.#incarnation = incarnation;
  }

  next(kind: string): string {
    return `${kind}${this.#incarnation}-${++this.#madeCount}`;
  }
}
