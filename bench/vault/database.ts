import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStorage } from '@latchkey/server/storage'

export const service = { id: 'reports', secret: 'a-secret-of-a-service-for-measuring-only' }

const hour = 3_600_000

/** A configuration with one service, and a database in which so many accounts are connected whose tokens are fresh. */
export async function writeVault(
  folder: string,
  port: number,
  accounts: number,
): Promise<{ config: string; connectionIds: string[] }> {
  const file = join(folder, 'latchkey.db')
  const config = join(folder, 'latchkey.config.json')
  const secret = randomBytes(32)
  writeFileSync(config, JSON.stringify(vaultConfig(file, port, [secret])))
  return { config, connectionIds: await connect(file, secret, accounts) }
}

/** One service that may use all there is. */
export const vaultConfig = (file: string, port: number, secrets: Buffer[]): Record<string, unknown> => ({
  issuer: `http://127.0.0.1:${port}`,
  listen: `127.0.0.1:${port}`,
  secrets: secrets.map((secret) => secret.toString('base64url')),
  storage: `sqlite:${file}`,
  tokens: { access_token_seconds: 3600 },
  services: [{ ...service, vault: { mock: ['*'] } }],
  providers: {
    mock: {
      ...{
        type: 'oauth2',
        client_id: 'bench',
        client_secret: 'bench-secret',
        subject: 'id',
        connect: true,
      },
      authorization_endpoint: 'http://127.0.0.1:9/authorize',
      token_endpoint: 'http://127.0.0.1:9/token',
      userinfo_endpoint: 'http://127.0.0.1:9/userinfo',
    },
  },
  rate_limits: false,
})

/** Written at once: they share commits. */
const together = 500

/** Connects so many accounts of as many users; the ids of the connections. */
export async function connect(file: string, secret: Uint8Array, accounts: number): Promise<string[]> {
  const storage = await openStorage({ engine: 'sqlite', file, synchronous: 'full' })
  const now = Date.now()
  try {
    await storage.migrate()
    const ids = Array.from({ length: accounts }, (_, index) => `con_${String(index).padStart(24, '0')}`)
    for (let at = 0; at < ids.length; at += together) {
      await Promise.all(ids.slice(at, at + together).map(one))
    }
    return ids
  } finally {
    await storage.close()
  }

  async function one(id: string): Promise<void> {
    const userId = `usr_${id.slice(4)}`
    const account = { userId, provider: 'mock', subject: id }
    const identity = {
      id: `idn_${id.slice(4)}`,
      provider: 'mock',
      issuer: 'provider:mock',
      subject: id,
      createdAt: now,
    }
    await storage.users.createWithIdentity({ id: userId, createdAt: now }, identity)
    await storage.quarantine.put({
      ...account,
      id: `qtn_${id}`,
      sealed: '',
      keyId: 'none',
      dueAt: now + hour,
      attempts: 0,
    })
    const outcome = await storage.connections.connect(`qtn_${id}`, now, {
      ...{ id, ...account, connectedAt: now, obtainedAt: now, expiresAt: now + hour, renewable: true },
      ...{ requestedScopes: ['read'], grantedScopes: ['read'] },
      ...sealed(secret, `connections/${id}/${userId}/mock/1`),
    })
    if (outcome !== 'done') throw new Error(`a connection was not made: ${outcome}`)
  }
}

/** Tokens as the vault seals them for a place, of the length that tokens have. */
function sealed(secret: Uint8Array, place: string): { sealed: string; keyId: string } {
  const derive = (what: string, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, '', `latchkey/v1/${what}/vault`, length))
  const tokens = {
    accessToken: `at-${'x'.repeat(200)}`,
    tokenType: 'Bearer',
    refreshToken: `rt-${'x'.repeat(100)}`,
  }
  const [keyId, iv] = [derive('key-id', 4), randomBytes(12)]
  const cipher = createCipheriv('aes-256-gcm', derive('seal', 32), iv).setAAD(Buffer.from(place))
  const text = [cipher.update(JSON.stringify(tokens)), cipher.final(), cipher.getAuthTag()]
  return {
    sealed: Buffer.concat([Buffer.of(1), keyId, iv, ...text]).toString('base64url'),
    keyId: keyId.toString('hex'),
  }
}
