/** What a file can't tell and what may come on top of an estimate: named, not counted. */
export const text = {
  jit: 'JIT: some 24 MiB for each backend as soon as one of its plans looks expensive',
  catalogues: 'Catalogue caches of long connections over hundreds of tables: up to 5 MiB each',
  buffers: 'Buffers outside of the heap, uncollected ones included',
  replicas: 'A buffer for each replica that lags: up to 256 MiB',
  proxyCache: 'The working set of a proxy cache lives in the page cache: less of it is slower, not fatal',
  retained: 'Retained messages and those queued for clients that are away: as many as are sent',
  series: 'More active series: some 8 KiB each',
  backlog: 'Messages that nobody consumes, until the watermark blocks their publishers',
} as const;

export type BeyondText = (typeof text)[keyof typeof text];
