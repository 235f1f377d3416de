import { existsSync } from 'node:fs'
import type { Config } from '../../config/index.ts'
import { stateOf } from '../../keys/index.ts'
import { openStorage, type Storage, StorageError } from '../../storage/index.ts'
import { about, type Finding } from './finding.ts'

/** What the start warns of. */
export function configurationFindings({ issuer, warnings }: Config): Finding[] {
  const { ok, warn } = about('configuration')
  return [
    ok(`complete, for ${issuer}`),
    ...warnings.map((warning) => warn(warning, 'see docs/configuration.md; leave it if it is meant')),
  ]
}

const storageRemedies: Record<string, string> = {
  schema_too_old: 'run "latchkey migrate", or leave --no-migrate out',
  schema_too_new: 'update Latchkey: a newer one has used this database',
  corrupt: 'this is no whole database of Latchkey: see "storage"',
}

/** Looks into the database, and makes none: `storage` is there when the finding is good. */
export async function withStorage(
  config: Config['storage'],
  look: (opened: { finding: Finding; storage?: Storage }) => Promise<void>,
): Promise<void> {
  const { ok, fail, unverifiable } = about('storage')
  if (config.engine === 'sqlite' && !existsSync(config.file)) {
    return look({ finding: unverifiable('there is none yet: the first start makes it') })
  }
  let storage: Storage | undefined
  try {
    storage = await openStorage(config)
    await storage.ping()
  } catch (error) {
    await storage?.close()
    if (!(error instanceof StorageError)) throw error
    const remedy = storageRemedies[error.code] ?? 'see that it runs and that this user may use it'
    return look({ finding: fail(error.message, remedy) })
  }
  try {
    await look({ finding: ok('it answers, and its schema fits'), storage })
  } finally {
    await storage.close()
  }
}

/** One key signs, one waits, so that a rotation surprises no service. */
export async function keyFinding(
  { signingKeys }: Pick<Storage, 'signingKeys'>,
  { algorithm }: Config['tokens'],
  now: number,
): Promise<Finding> {
  const { ok, warn, unverifiable } = about('signing keys')
  const rows = await signingKeys.list()
  if (rows.length === 0) return unverifiable('there are none yet: the first start makes them')
  const states = rows.map((row) => stateOf(row, rows, now, algorithm))
  const count = (state: string) => states.filter((one) => one === state).length
  const evidence = `${count('active')} active, ${count('next')} next, ${count('retiring')} retiring`
  return count('active') === 1 && count('next') > 0
    ? ok(evidence)
    : warn(evidence, 'a running server mends this within 10 s; else see "latchkey keys list"')
}
