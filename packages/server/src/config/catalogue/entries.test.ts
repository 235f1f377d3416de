import { catalogue, type Entry } from '@latchkey/providers'
import { expect, it } from 'vitest'
import { testConfig } from '../config.fixture.ts'
import { resolveUnknown } from '../resolve.ts'
import { snakeCase } from './names.ts'

const privateKey = { kty: 'EC', crv: 'P-256', kid: 'k', x: 'x', y: 'y', d: 'd' }

/** The least that an installation says of it. */
function registration({ tenant = {}, clientAuthentication, quirks = [], identity }: Entry): object {
  const signed = quirks.includes('signed-jwt-client-secret')
  const byKey = signed || clientAuthentication === 'private_key_jwt'
  return {
    ...Object.fromEntries(
      Object.entries(tenant).map(([name, { choices, example }]) => [
        snakeCase(name),
        choices?.[0] ?? example,
      ]),
    ),
    client_id: 'ours',
    ...(byKey
      ? { private_key: privateKey }
      : clientAuthentication !== 'none' && { client_secret: 'between us' }),
    ...(signed && { client_secret_issuer: 'TEAM' }),
    ...(identity.from === 'nothing' && { connect: true }),
  }
}

it.each(catalogue.filter(({ protocol }) => protocol !== 'oauth1'))(
  '$id is sound once it is written out',
  (entry) => {
    const input = { ...testConfig, providers: { [entry.id]: registration(entry) } }
    const [provider] = resolveUnknown(input, { env: {}, baseDir: '/' }).providers
    expect(provider?.signIn).toBe(entry.identity.from !== 'nothing')
    expect(JSON.stringify(provider)).not.toMatch(
      /\{(?!client_id\}|client_secret\}|access_token\}|code\}|token\.|tid\})[a-z]+[A-Za-z]*\}/,
    )
  },
)
