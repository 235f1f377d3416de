import { rulesFor } from '@latchkey/providers'
import { z } from 'zod'
import type { KnownProvider } from './catalogue/look-up.ts'
import { snakeCase } from './catalogue/names.ts'
import { wireFromFile } from './catalogue/wire.ts'
import { isPlainObject, type Path } from './path.ts'
import { oauth1Provider, type Provider } from './schema/provider.ts'
import { wire as wireSchema } from './schema/wire.ts'

/** What weakens one provider, by the path in it. What is called `unsafe` takes away a check. */
export function providerWarnings(provider: Provider, known?: KnownProvider): [path: Path, text: string][] {
  const ending = known?.entry.ending
  return [
    ...(ending === undefined ? [] : [[[], `is coming to its end: ${ending}`] satisfies [Path, string]]),
    ...(provider.type === 'oauth2' ? withoutPkce(provider, known) : []),
    ...unsafeKeys(provider),
    ...(provider.type === 'oauth1' ? [] : [...unsafeRules(provider), ...trust(provider, known)]),
  ]
}

type OAuth2Like = Exclude<Provider, { type: 'oauth1' }>

/** With OpenID Connect the nonce still ties the code to the journey. */
function withoutPkce({ pkce }: OAuth2Like, known?: KnownProvider): [Path, string][] {
  if (pkce !== 'none') return []
  const text =
    known === undefined || known.own.pkce !== undefined
      ? "without PKCE nothing ties this provider's code to the journey but the cookie"
      : `${known.entry.name} lacks PKCE, so that nothing ties its code to the journey but the cookie`
  return [[['pkce'], text]]
}

const unsafeKeys = (provider: Provider): [Path, string][] =>
  Object.entries(provider).flatMap(([key, value]): [Path, string][] =>
    key.startsWith('unsafe_') && value === true
      ? [[[key], said(Reflect.get(oauth1Provider.shape, key))]]
      : [],
  )

function unsafeRules({ quirks, wire }: OAuth2Like): [Path, string][] {
  const rules = rulesFor([...new Set(quirks)], wireFromFile(wire ?? {}))
  return Object.entries(rules).flatMap(([name, value]): [Path, string][] => {
    if (!name.startsWith('unsafe') || value === undefined || value === false) return []
    const key = snakeCase(name)
    return [[['wire', key], said(Reflect.get(wireSchema.shape, key))]]
  })
}

/** What the configuration itself believes more than the standard or the catalogue does. */
function trust(provider: OAuth2Like, known?: KnownProvider): [Path, string][] {
  const { wire } = known?.own ?? provider
  if (!isPlainObject(wire)) return []
  const { email_verified: word, callback_tenant: tenants } = wire
  const warnings: [Path, string][] = []
  if (word === 'always') {
    warnings.push([
      ['wire', 'email_verified'],
      'counts each address as verified that the provider is silent on',
    ])
  } else if (word === 'as-said' && provider.quirks.includes('email-not-verified')) {
    const text = 'takes the word on addresses of a provider that does not verify them'
    warnings.push([['wire', 'email_verified'], text])
  }
  const compared = Object.keys(known?.entry.wire?.callbackTenant ?? {})
  if (isPlainObject(tenants) && compared.some((name) => !Object.hasOwn(tenants, name))) {
    warnings.push([['wire', 'callback_tenant'], `no longer compares ${compared.join(', ')} of the answer`])
  }
  return warnings
}

/** What the schema says of a key. */
function said(schema: unknown): string {
  const described = schema instanceof z.ZodType ? (z.toJSONSchema(schema).description ?? '') : ''
  const text = described.replace(/ Default: .*$/s, '').replace(/\.$/, '')
  return text === '' ? 'takes away a check' : `is in force: ${text}`
}
