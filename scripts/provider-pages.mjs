// Writes docs/providers: a page for each provider of the catalogue, and a table of all. `npm run providers` runs it after
// scripts/entries.mjs.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { providerPages } from './provider-pages.ts'

const folder = fileURLToPath(new URL('../docs/providers', import.meta.url))
const pages = providerPages()
mkdirSync(folder, { recursive: true })
for (const file of readdirSync(folder)) if (!pages.has(file)) rmSync(join(folder, file))
for (const [file, text] of pages) writeFileSync(join(folder, file), text)
process.stderr.write(`providers: wrote ${pages.size} pages in ${folder}\n`)
