/**
 * Where a worker's code lies beside the module that starts it: its source while running from sources, otherwise its own
 * bundle. Programs and workers are bundled into one folder, what several of them share into `chunks/` below it.
 * `from` is the caller's `import.meta.url`.
 */
export function workerUrl(from: string, source: string, bundle: string): URL {
  if (from.endsWith('.ts')) return new URL(source, from)
  return new URL(/\/chunks\/[^/]+$/.test(from) ? `../${bundle}` : bundle, from)
}
