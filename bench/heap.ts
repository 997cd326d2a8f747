/** What is alive: the heap after a forced collection, with the typed arrays that lie beside it. */

/** In bytes. Collects first, which needs `node --expose-gc`; without it there is nothing to compare, and it throws. */
export function liveBytes(): number {
  const collect = globalThis.gc;
  if (collect === undefined) throw new Error('Heap sizes need a forced collection: start node with --expose-gc.');
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
