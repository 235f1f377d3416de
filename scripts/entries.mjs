// Writes packages/providers/src/entries/index.ts: the list of the files beside it. Run it after adding one.
import { readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'packages', 'providers', 'src', 'entries')

const nameOf = (id) => `provider${id.replaceAll(/(^|-)([a-z0-9])/g, (_, __, letter) => letter.toUpperCase())}`

const ids = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'index.ts' && !file.endsWith('.test.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
  .sort()

writeFileSync(
  join(folder, 'index.ts'),
  [
    '// Made by scripts/entries.mjs from the files beside it.',
    "import type { Entry } from '../entry.ts'",
    ...ids.map((id) => `import { entry as ${nameOf(id)} } from './${id}.ts'`),
    '',
    '/** Sorted by id. */',
    'export const entries: readonly Entry[] = [',
    ...ids.map((id) => `  ${nameOf(id)},`),
    ']',
    '',
  ].join('\n'),
)
