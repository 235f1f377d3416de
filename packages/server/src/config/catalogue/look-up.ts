import { catalogue, type Entry, entryOf, fillTenant, type TenantProblem } from '@latchkey/providers'
import type { Finding } from '../findings.ts'
import { nearest } from '../nearest.ts'
import { isPlainObject } from '../path.ts'
import { expandEntry } from './expand.ts'
import { layOver } from './lay-over.ts'
import { snakeCase } from './names.ts'

/** A provider of the configuration that the catalogue knows. */
export interface KnownProvider {
  entry: Entry
  /** As the configuration writes it. */
  own: Readonly<Record<string, unknown>>
  /** As it could be written by hand. */
  expanded: Readonly<Record<string, unknown>>
}

export interface LookedUp {
  /** The configuration with every provider written out; null in place of one that cannot be. */
  value: unknown
  /** By their key in the configuration. */
  known: ReadonlyMap<string, KnownProvider>
  findings: Finding[]
}

/** Writes out the providers that a configuration takes from the catalogue: all without `type`. */
export function lookUpProviders(value: unknown): LookedUp {
  const known = new Map<string, KnownProvider>()
  const findings: Finding[] = []
  if (!isPlainObject(value) || !isPlainObject(value.providers)) return { value, known, findings }
  const providers = Object.entries(value.providers).map(([key, own]): [string, unknown] => {
    if (!isPlainObject(own)) return [key, own]
    const found = own.type === undefined ? lookUp(key, own) : described(key, own)
    findings.push(...found.findings)
    if (found.known !== undefined) known.set(key, found.known)
    return [key, found.known?.expanded ?? found.own]
  })
  return { value: { ...value, providers: Object.fromEntries(providers) }, known, findings }
}

interface Found {
  known?: KnownProvider
  own?: unknown
  findings: Finding[]
}

function described(key: string, own: Record<string, unknown>): Found {
  const { catalogue: id, ...rest } = own
  if (id === undefined) return { own, findings: [] }
  const problem = 'is given, and "type" says that the provider is described here'
  const remedy = 'take one of the two out: without "type", the catalogue describes the provider'
  return { own: rest, findings: [{ path: ['providers', key, 'catalogue'], problem, remedy }] }
}

function lookUp(key: string, own: Record<string, unknown>): Found {
  const { catalogue: id = key, ...rest } = own
  const path = ['providers', key, own.catalogue === undefined ? 'type' : 'catalogue']
  if (typeof id !== 'string') {
    const remedy = 'give the id of a provider of the catalogue, such as "google"'
    return { own: null, findings: [{ path, problem: 'must be a string', remedy }] }
  }
  const entry = entryOf(id)
  if (entry === undefined) return { own: null, findings: [unknownId(id, path, own.catalogue !== undefined)] }

  const filled = fillTenant(entry, tenantOf(entry, rest))
  const findings = filled.problems.map((problem) => tenantFinding(key, entry, problem))
  // with an example in place of what is missing, everything else can be judged in the same run
  const complete = filled.entry ?? fillTenant(entry, exampleTenant(entry)).entry
  if (complete === undefined) return { own: null, findings }
  if (entry.signInOnly === true && rest.connect === true) findings.push(connectsNothing(key, entry))
  const expanded = expandEntry(complete)
  const ownKeys = Object.entries(rest).filter(
    ([name]) => name in expanded || !tenantKeys(entry).includes(name),
  )
  const laid = layOver(expanded, Object.fromEntries(ownKeys))
  return { known: { entry, own: rest, expanded: laid }, findings }
}

const connectsNothing = (key: string, { name }: Entry): Finding => ({
  path: ['providers', key, 'connect'],
  problem: `is on, and ${name} only signs people in: its tokens are the app's own and open more than one person's account`,
  remedy: 'take it out; a provider that "type" describes here may be connected',
})

/** The keys of the configuration that an entry's placeholders are. */
export const tenantKeys = (entry: Entry): string[] => Object.keys(entry.tenant ?? {}).map(snakeCase)

/** What is wrong with values for an entry's placeholders, by their keys. Those that are missing are not. */
export function tenantProblems(entry: Entry, values: Readonly<Record<string, string>>): string[] {
  const keys = tenantKeys(entry)
  const such = keys.length === 0 ? 'it has none' : `there are ${keys.join(', ')}`
  return [
    ...Object.keys(values)
      .filter((key) => !keys.includes(key))
      .map((key) => `${key}: ${entry.name} has no such key; ${such}`),
    ...fillTenant(entry, tenantOf(entry, values)).problems.flatMap(({ name, problem }) =>
      Object.hasOwn(values, snakeCase(name)) ? [`${snakeCase(name)}: ${problem}`] : [],
    ),
  ]
}

const tenantOf = (entry: Entry, own: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.keys(entry.tenant ?? {}).map((name) => [name, own[snakeCase(name)]]))

const exampleTenant = (entry: Entry): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(entry.tenant ?? {}).map(([name, { choices, example }]) => [name, choices?.[0] ?? example]),
  )

function tenantFinding(key: string, entry: Entry, { name, problem, placeholder }: TenantProblem): Finding {
  const path = ['providers', key, snakeCase(name)]
  const { description, example, choices } = placeholder
  const what = description.replace(/\.$/, '').replace(/^[A-Z](?=[^A-Z])/, (letter) => letter.toLowerCase())
  const such = choices === undefined ? `such as ${JSON.stringify(example)}` : `one of ${choices.join(', ')}`
  if (problem === 'missing') {
    return {
      path,
      problem: `is missing: ${what}, ${such}`,
      remedy: `write it beside "client_id"; see "latchkey providers ${entry.id}"`,
    }
  }
  return { path, problem, remedy: `give ${what}, ${such}` }
}

/** What may be meant, and what to write for a provider of one's own. */
function unknownId(id: string, path: Finding['path'], asked: boolean): Finding {
  const meant = nearest(
    id,
    catalogue.map((entry) => entry.id),
  )
  const problem = asked
    ? 'is no id of the catalogue'
    : 'is missing, and the catalogue knows no provider of that id'
  const own =
    '"type": "oidc" with its "issuer", or "type": "oauth2" with its endpoints and "subject", describes one of your own'
  const remedy =
    meant === undefined
      ? `"latchkey providers" lists the catalogue, of which "catalogue" names one; ${own}`
      : `did you mean "${meant}"? ${asked ? '' : 'Then call it so, or add '}${asked ? '' : `"catalogue": "${meant}". `}Else ${own}`
  return { path, problem, remedy }
}
