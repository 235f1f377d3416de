import { build } from 'vite'

const bundled = new Map<string, Promise<Map<string, string>>>()

/** As `bundle` of a file; once for all files of a worker (`isolate: false`), since sources do not change meanwhile. */
export function bundleOnce(entry: string): Promise<Map<string, string>> {
  const chunks = bundled.get(entry) ?? bundle(entry)
  bundled.set(entry, chunks)
  return chunks
}

/**
 * Bundles a module, with the workspaces' sources, as an application's build does; nothing is written.
 *
 * @param entry a file, or the id of a module in `virtual`
 * @param virtual sources of modules that are no files, by id
 * @param define what expressions stand for
 * @returns the chunks' code by file name; the entry's is `app.js`
 */
export async function bundle(
  entry: string,
  virtual: Record<string, string> = {},
  define: Record<string, string> = {},
): Promise<Map<string, string>> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    define,
    resolve: { conditions: ['@latchkey/source', 'module', 'browser', 'development|production'] },
    plugins: [
      {
        name: 'virtual',
        resolveId: (id) => (id in virtual ? `\0${id}` : undefined),
        load: (id) => virtual[id.slice(1)],
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: { input: entry, output: { entryFileNames: 'app.js', chunkFileNames: '[name].js' } },
    },
  })
  const [output] = [result].flat()
  if (!output || !('output' in output)) throw new Error('nothing was bundled')
  return new Map(output.output.map((chunk) => [chunk.fileName, 'code' in chunk ? chunk.code : '']))
}
