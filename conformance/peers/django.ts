import { spawnSync } from 'node:child_process'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { freePort, newFolder, startProcess } from './process.ts'

/** The one that Debian's packages belong to. */
const python = '/usr/bin/python3'

export const hasDjango = (): boolean =>
  spawnSync(python, ['-c', 'import oauth2_provider'], { stdio: 'ignore', timeout: 30_000 }).status === 0

export const howToGetDjango =
  'skipped: no django-oauth-toolkit. On Debian: apt-get install --no-install-recommends python3-django-oauth-toolkit'

export interface DjangoPerson {
  username: string
  password: string
  /** Two words. */
  name: string
  email: string
}

export interface DjangoClient {
  id: string
  secret: string
  redirectUris: string[]
  /** Of its ID tokens; empty: plain OAuth 2.0 alone. */
  algorithm: 'RS256' | 'HS256' | ''
}

/** A server of its own kind: Python. OpenID Connect and plain OAuth 2.0 at the same endpoints; rotates refresh tokens. */
export interface DjangoProvider {
  origin: string
  issuer: string
  /** Its discovery document, which stands at an address of its own: with a slash at the end. */
  metadata: Record<string, unknown>
  close(): Promise<void>
}

/** Starts it on loopback with a database of its own. */
export async function startDjango(told: {
  people: readonly DjangoPerson[]
  clients: readonly DjangoClient[]
}): Promise<DjangoProvider> {
  const folder = newFolder('django')
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const discovery = `${origin}/o/.well-known/openid-configuration/`
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { close } = await startProcess(python, [join(import.meta.dirname, 'django-oauth-toolkit.py')], {
    folder,
    url: discovery,
    input: JSON.stringify({
      ...{ folder, port, origin, key: randomUUID() },
      rsa: privateKey.export({ type: 'pkcs8', format: 'pem' }),
      ...told,
    }),
    env: { PYTHONDONTWRITEBYTECODE: '1' },
  })
  const metadata: Record<string, unknown> = await (await fetch(discovery)).json()
  return { origin, issuer: `${origin}/o`, metadata, close }
}
