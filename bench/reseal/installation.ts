import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect, vaultConfig } from '../vault/database.ts'

export interface Installation {
  /** A configuration in code: a new secret in front of the one that sealed everything, and a KMS in memory. */
  config: string
  databaseFile: string
  connectionIds: string[]
}

/** A database in which so many accounts are connected, sealed with a secret that is the second one by now. */
export async function install(folder: string, port: number, accounts: number): Promise<Installation> {
  const databaseFile = join(folder, 'latchkey.db')
  const [older, newer] = [randomBytes(32), randomBytes(32)]
  const connectionIds = await connect(databaseFile, older, accounts)
  const settings = vaultConfig(databaseFile, port, [newer, older])
  const config = join(folder, 'latchkey.config.mjs')
  writeFileSync(config, inCode(settings, randomBytes(32)))
  return { config, databaseFile, connectionIds }
}

/** The hook as one writes it: AES key wrap (RFC 3394) stands in for the KMS, and takes the 5 ms that one takes. */
const inCode = (settings: Record<string, unknown>, master: Uint8Array): string => `
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
const master = Buffer.from(${JSON.stringify(Buffer.from(master).toString('hex'))}, 'hex')
const iv = Buffer.alloc(8, 0xa6)
const through = async (cipher, bytes) => {
  await setTimeout(5)
  return Buffer.concat([cipher.update(bytes), cipher.final()])
}
export default {
  ...${JSON.stringify(settings)},
  hooks: {
    wrapKey: {
      wrap: (key) => through(createCipheriv('id-aes256-wrap', master, iv), key),
      unwrap: (wrapped) => through(createDecipheriv('id-aes256-wrap', master, iv), wrapped),
    },
  },
}
`
