import { build } from 'vite'

const bundled = new Map<string, Promise<Map<string, string>>>()

/** As `bundle` of a file; once for all files of a worker (`isolate: false`), since sources do not change meanwhile. */
export function bundleOnce(entry: string, alias: Alias[] = []): Promise<Map<string, string>> {
  const key = JSON.stringify([entry, alias.map(({ replacement }) => replacement)])
  const chunks = bundled.get(key) ?? bundle(entry, {}, {}, alias)
  bundled.set(key, chunks)
  return chunks
}

/** What is imported instead of what `find` matches. */
export interface Alias {
  find: RegExp
  replacement: string
}

/**
 * Bundles a module, with the workspaces' sources, as an application's build does; nothing is written.
 *
 * @param entry a file, or the id of a module in `virtual`
 * @param virtual sources of modules that are no files, by id
 * @param define what expressions stand for
 * @param alias other modules in the place of some
 * @returns the chunks' code by file name; the entry's is `app.js`
 */
export async function bundle(
  entry: string,
  virtual: Record<string, string> = {},
  define: Record<string, string> = {},
  alias: Alias[] = [],
): Promise<Map<string, string>> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    define,
    resolve: { alias, conditions: ['@latchkey/source', 'module', 'browser', 'development|production'] },
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
