import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root: string = join(dirname(fileURLToPath(import.meta.url)), '..')

const skipped = /^(node_modules|dist|coverage|test-results|\..*)$/

/** Every Markdown file of the repository, from its root. */
export const documents: string[] = below(root)

function below(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return skipped.test(entry.name) ? [] : below(path)
      return entry.name.endsWith('.md') ? [relative(root, path).split(sep).join('/')] : []
    })
    .sort()
}

export const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** The fenced blocks of a document whose info string is `info`. */
export const blocks = (path: string, info: string): string[] =>
  [...read(path).matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)]
    .filter(([, given]) => given === info)
    .map(([, , text = '']) => text)
