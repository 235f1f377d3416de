import { catalogue, type Entry, entryOf, quirksOf, signsIn, whyNoSignIn } from '@latchkey/providers'
import { nearest } from '../nearest.ts'
import { endings } from './guide-tokens.ts'
import { snakeCase } from './names.ts'
import { type Snippet, snippetFor } from './snippet.ts'

/** All that one has to know to use a provider of the catalogue. What `latchkey providers ID --json` prints. */
export interface ProviderGuide {
  id: string
  name: string
  protocol: Entry['protocol']
  /** Whether it signs people in. */
  sign_in: boolean
  /** Whether accounts can be connected: else its tokens are the app's own, and none is kept for anybody. */
  connect: boolean
  /** Why it signs nobody in. */
  because?: string
  /** Where an app is registered. */
  console?: string
  /** What to register there. */
  redirect_uri: string
  /** What is said of `http://localhost` as a redirect URI. */
  localhost: Entry['localhost']
  /** What people stumble over, each a sentence. */
  traps: string[]
  /** Its end is announced or likely. */
  ending?: string
  /** What names the tenant. */
  tenant: { key: string; description: string; example: string; choices?: string[]; default?: string }[]
  /** For the configuration, under the provider's key. */
  configuration: Snippet['provider']
  /** Environment variables that the configuration names. */
  environment: string[]
  scopes: { sign_in: string[]; connect: string[] }
  /** How its tokens end, each a sentence. */
  tokens: string[]
  quirks: { name: string; description: string }[]
  verified: {
    degree: Entry['verified']['degree']
    on: string
    sources: number
    urls: string[]
    decisions: string[]
  }
  docs?: string
}

/** @param options.issuer of the installation @param options.key the provider's key in the configuration; default: its id */
export function guideTo(entry: Entry, options: { issuer: string; key?: string }): ProviderGuide {
  const { issuer, key = entry.id } = options
  const because = whyNoSignIn(entry)
  const { links, scopes = {}, verified, localhost } = entry
  const { provider, environment } = snippetFor(entry, { key })
  const signIn = scopes.signIn ?? (entry.protocol === 'oidc' ? ['openid', 'profile', 'email'] : [])
  return {
    id: entry.id,
    name: entry.name,
    protocol: entry.protocol,
    sign_in: because === undefined,
    connect: entry.signInOnly !== true,
    ...(because !== undefined && { because }),
    ...(links.console !== undefined && { console: links.console }),
    redirect_uri: `${issuer}/callback/${key}`,
    localhost,
    traps: [...localhostTrap(entry, issuer), ...(entry.traps ?? [])],
    ...(entry.ending !== undefined && { ending: entry.ending }),
    tenant: Object.entries(entry.tenant ?? {}).map(([name, placeholder]) => ({
      key: snakeCase(name),
      description: placeholder.description,
      example: placeholder.example,
      ...(placeholder.choices && { choices: [...placeholder.choices] }),
      ...(placeholder.default !== undefined && { default: placeholder.default }),
    })),
    configuration: provider,
    environment,
    scopes: { sign_in: [...signIn], connect: [...(scopes.connect ?? signIn)] },
    tokens: endings(entry.refresh),
    quirks: quirksOf(entry).map(({ name, description }) => ({ name, description })),
    verified: {
      degree: verified.degree,
      on: verified.on,
      sources: verified.sources,
      urls: [...(verified.urls ?? [])],
      decisions: [...(verified.decisions ?? [])],
    },
    ...(links.docs !== undefined && { docs: links.docs }),
  }
}

/** A line of the list. */
const briefly = ({ id, name, protocol, tenant = {}, verified, ...entry }: Entry) => ({
  ...{ id, name, protocol },
  sign_in: signsIn(entry),
  connect: entry.signInOnly !== true,
  tenant: Object.keys(tenant).map(snakeCase),
  verified: { degree: verified.degree, on: verified.on, sources: verified.sources },
})

/** All of them. */
export const catalogueList = (): ReturnType<typeof briefly>[] => catalogue.map(briefly)

/** The entry of an id, or what to say instead. */
export function findEntry(
  id: string,
): { entry: Entry; problem?: never } | { entry?: never; problem: string } {
  const entry = entryOf(id)
  if (entry !== undefined) return { entry }
  const meant = nearest(
    id,
    catalogue.map((known) => known.id),
  )
  const hint = meant === undefined ? '"latchkey providers" lists it' : `did you mean "${meant}"?`
  return { problem: `the catalogue has no provider ${JSON.stringify(id.slice(0, 80))}; ${hint}` }
}

const elsewhere = 'or a public https address, as "latchkey tunnel" gives one'

/** What becomes of an installation on one's own machine. */
function localhostTrap({ localhost, name }: Entry, issuer: string): string[] {
  const { hostname, protocol } = new URL(issuer)
  if (localhost === 'loopback-ip-only') {
    const mine = hostname === 'localhost' ? ` This issuer, ${issuer}, is refused.` : ''
    return [`${name} refuses localhost in a redirect URI: use 127.0.0.1, ${elsewhere}.${mine}`]
  }
  const mine = protocol === 'http:' ? ` This issuer, ${issuer}, is refused.` : ''
  if (localhost === 'https-only') {
    return [
      `${name} takes https alone in a redirect URI, of localhost too: use https there, ${elsewhere}.${mine}`,
    ]
  }
  if (localhost === 'forbidden') {
    return [
      `${name} refuses localhost and 127.0.0.1 in a redirect URI: use a public https address, as "latchkey tunnel" gives one.${mine}`,
    ]
  }
  return []
}

/** How well it is known, in a few words. */
export const knownBy = ({ degree, on, sources }: ProviderGuide['verified']): string => {
  const agreed = `${sources} independent source${sources === 1 ? '' : 's'}`
  return degree === 'documentation'
    ? `Checked with its documentation in ${on}, and with ${agreed}.`
    : `From ${agreed}, in ${on}; not compared with its own documentation.`
}
