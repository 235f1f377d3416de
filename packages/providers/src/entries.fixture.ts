import { readdirSync, readFileSync } from 'node:fs'
import { catalogue } from './catalogue.ts'
import type { Entry } from './entry.ts'

const folder = new URL('./entries/', import.meta.url)

/** Names of the entries' files, without `.ts`. */
export const fileNames: readonly string[] = readdirSync(folder)
  .filter((file) => file !== 'index.ts')
  .map((file) => file.replace(/\.ts$/, ''))

export const textOf = (name: string): string => readFileSync(new URL(`${name}.ts`, folder), 'utf8')

/** `[id, entry]`, for `test.each`. */
export const all: readonly (readonly [string, Entry])[] = catalogue.map((entry) => [entry.id, entry] as const)

/** Every text of an entry that may hold placeholders, by where it stands. */
export function templatesOf(entry: Entry): { urls: string[]; values: string[] } {
  const { endpoints, issuer, apiHosts = [], authorizeParams, connectAuthorizeParams, wire = {} } = entry
  const { callbackTenant, headers, redirectUriValue, tokenExtra, refreshExtra, userinfoQuery } = wire
  const maps = [authorizeParams, connectAuthorizeParams, callbackTenant, headers, tokenExtra, refreshExtra]
  return {
    urls: [...Object.values(endpoints), ...(issuer === undefined ? [] : [issuer]), ...apiHosts],
    values: [
      ...[...maps, userinfoQuery].flatMap((map) => Object.values(map ?? {})),
      ...(redirectUriValue === undefined ? [] : [redirectUriValue]),
    ],
  }
}

/** Placeholders of a text. What the server fills, such as `{client_id}`, is none. */
export const placeholdersOf = (text: string): string[] =>
  [...text.matchAll(/\{([a-zA-Z]+)\}/g)].flatMap(([, name = '']) => (name === 'code' ? [] : [name]))

/** What is wrong with a URL of an entry: it must be https, in its normal form, and on the provider's own domains. */
export function urlFault(text: string, domains: readonly string[]): string | undefined {
  const url = URL.parse(text)
  if (url === null) return 'no URL'
  if (url.protocol !== 'https:') return 'not https'
  const port = domains.length > 0 && url.port !== ''
  if (port || url.username !== '' || url.password !== '' || url.hash !== '') return 'more than a URL'
  // A host is compared without case, a path as it is; nothing may have been resolved, decoded or converted.
  const normal =
    url.pathname === '/' && !/^https:\/\/[^/]+\//.test(text) ? url.href.replace(/\/(?=\?|$)/, '') : url.href
  if (normal !== text.replace(/^https:\/\/[^/?]+/, (origin) => origin.toLowerCase()))
    return 'not in its normal form'
  if (domains.length === 0) return undefined
  const below = domains.some((domain) => url.hostname === domain || url.hostname.endsWith(`.${domain}`))
  return below ? undefined : 'on a foreign host'
}
