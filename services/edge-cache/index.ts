/** A shared cache at the edge: the role, its options, and how it is told to forget. */
export { edgeCache } from './edge-cache.ts';
export {
  defaultEdgeCacheOptions,
  PURGE_PATH,
  PURGED,
  type CacheRule,
  type EdgeCacheOptions,
  type PurgeRequest,
} from './options.ts';
