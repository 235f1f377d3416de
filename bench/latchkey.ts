import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Session } from './measure/outcome.ts'
import { profiling, type Started } from './measure/processes.ts'
import type { Settings } from './signin/servers/settings.ts'

/** Writes a configuration such as a small installation has, and gives its path. */
export function writeConfig(
  folder: string,
  name: string,
  settings: Settings,
  dpop: 'required' | 'off',
  further: Record<string, unknown> = {},
): string {
  const file = join(folder, `${name}.config.json`)
  writeFileSync(file, JSON.stringify({ ...latchkeyConfig(settings, dpop), ...further }))
  return file
}

function latchkeyConfig(settings: Settings, dpop: 'required' | 'off'): Record<string, unknown> {
  const { port, spa, provider, database, clientId, clientSecret } = settings
  return {
    issuer: `http://127.0.0.1:${port}`,
    listen: `127.0.0.1:${port}`,
    secrets: [randomBytes(32).toString('base64url')],
    storage: database.startsWith('postgres:') ? database : `sqlite:${database}`,
    clients: [
      {
        id: 'web',
        redirect_uris: [`${spa}/callback`],
        origins: [spa],
        resources: ['https://api.example.com'],
        dpop,
      },
    ],
    providers: { mock: { type: 'oidc', issuer: provider, client_id: clientId, client_secret: clientSecret } },
    rate_limits: false,
  }
}

/** Latchkey as its users run it: built, by its own command. */
export function serve(
  { start, root, folder }: Session,
  options: { name: string; config: string; core: number; profiles?: string | undefined },
): Promise<Started> {
  const { name, config, core, profiles } = options
  const command = [join(root, 'packages/server/bin/latchkey.mjs'), 'serve', '--config', config]
  return start({ name, core, args: [...profiling(name, profiles), ...command], logDir: folder })
}
