/** The types of bin/setup-lock.mjs, which is plain JavaScript because it runs before anything is compiled. */
declare module '*/bin/setup-lock.mjs' {
  /** Does `work` while holding the lock at `path`; `onWait` hears once who holds it, if another process does. */
  export function withLock(
    path: string,
    onWait: (owner: number | 'unknown') => void,
    work: () => Promise<void>,
  ): Promise<void>;
}
