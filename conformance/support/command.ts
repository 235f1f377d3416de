import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isBuilt } from '../../scripts/fingerprints.ts'

const server = join(import.meta.dirname, '../../packages/server')

/** What it takes to run the `latchkey` command in a process of its own. */
export interface Command {
  /** Address of the module that exports `main`. */
  entry: string
  /** For Node. */
  flags: string[]
}

/** As it is shipped, where that is what the sources say, since it starts in a quarter of the time; else the sources. */
export function latchkeyCommand(): Command {
  const built = isBuilt('server')
  const file = join(server, built ? 'dist/bundle/main.js' : 'src/cli/main.ts')
  return { entry: pathToFileURL(file).href, flags: built ? [] : ['--conditions=@latchkey/source'] }
}
