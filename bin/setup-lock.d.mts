/** The types of setup-lock.mjs, which is plain JavaScript because it runs before anything is compiled. */

/** Runs `work` while holding the lock at `path`; `onWait` is called once, with the owner's process, if another holds it. */
export function withLock(
  path: string,
  onWait: (owner: number | 'unknown') => void,
  work: () => Promise<void>,
): Promise<void>;
