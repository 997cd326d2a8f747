/** The session store: the role and its options. */
export { defaultSessionStoreOptions, sessionPath, sessionStore, type SessionStoreOptions } from './session-store.ts';
