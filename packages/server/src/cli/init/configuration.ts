import { snippetFor } from '../../config/index.ts'
import type { Answers } from './answers.ts'

export const secretName = 'LATCHKEY_SECRET'

/** The keys of a file, each as it is written. */
export type WrittenConfig = Record<string, unknown>

/** The least that an installation needs, with names of environment variables in place of secrets. */
export function configurationOf({ issuer, origins, providers }: Answers): WrittenConfig {
  const snippets = providers.map((entry) => [entry.id, snippetFor(entry, { key: entry.id }).provider])
  return {
    issuer,
    secrets: [`\${${secretName}}`],
    ...listenAt(issuer),
    clients: [
      {
        id: 'web',
        redirect_uris: origins.map((origin) => `${origin}/callback`),
        post_logout_redirect_uris: origins.map((origin) => `${origin}/`),
        origins,
      },
    ],
    providers: Object.fromEntries(snippets),
  }
}

/** Where browsers come without a proxy. */
function listenAt(issuer: string): { listen?: string } {
  const { protocol, hostname, port } = new URL(issuer)
  if (protocol !== 'http:' || port === '4000') return {}
  return { listen: `${hostname === 'localhost' ? '127.0.0.1' : hostname}:${port === '' ? 80 : port}` }
}

/** @param schema where editors find what may stand in it */
export const asJson = (config: WrittenConfig, schema?: string): string =>
  `${JSON.stringify({ ...(schema !== undefined && { $schema: schema }), ...config }, null, 2)}\n`

export const asCode = (config: WrittenConfig): string =>
  `import { defineConfig } from '@latchkey/server/config'

export default defineConfig(${JSON.stringify(config, null, 2).replaceAll(/^( *)"([a-z_]+)":/gm, '$1$2:')})
`
