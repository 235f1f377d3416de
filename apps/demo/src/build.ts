import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { base, drawings, icon, tokens } from '@latchkey/server/look'
import react from '@vitejs/plugin-react'
import { build, type Plugin } from 'vite'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const repository = join(root, '..', '..')
export const pageFolder = join(root, 'dist')
const stamp = join(pageFolder, '.fingerprint')

const inputs = [
  join(root, 'index.html'),
  join(root, 'src'),
  join(repository, 'packages', 'browser', 'src'),
  join(repository, 'packages', 'react', 'src'),
  join(repository, 'packages', 'server', 'src', 'http', 'pages', 'look.ts'),
  join(repository, 'package-lock.json'),
]

/** Builds the page into `dist/` unless what is there was built from the same sources. */
export async function buildPage(): Promise<void> {
  const wanted = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [react(), look()],
    resolve: { conditions: ['@latchkey/source', 'module', 'browser', 'production'] },
    build: {
      outDir: pageFolder,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      assetsInlineLimit: 0,
    },
  })
  writeFileSync(stamp, wanted)
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const file of inputs.flatMap(filesIn))
    hash.update(file.slice(repository.length)).update(readFileSync(file))
  return hash.digest('hex')
}

function filesIn(path: string): string[] {
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

/** Brings the shared look into the page: `virtual:look.css`, and the drawings as one inline sprite (`#lk-<name>`). */
function look(): Plugin {
  const id = '\0virtual:look.css'
  const symbols = Object.entries(drawings).map(
    ([name, paths]) => `<symbol id="lk-${name}" viewBox="0 0 24 24">${paths}</symbol>`,
  )
  return {
    name: 'latchkey-look',
    resolveId: (source) => (source === 'virtual:look.css' ? id : undefined),
    load: (module) => (module === id ? tokens + base : undefined),
    transformIndexHtml: {
      order: 'pre',
      handler: (html) =>
        html
          .replace('%icon%', icon)
          .replace('%sprite%', `<svg class="sprite" aria-hidden="true">${symbols.join('')}</svg>`),
    },
  }
}

if (import.meta.main) await buildPage()
