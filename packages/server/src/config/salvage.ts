import { z } from 'zod'
import { isPlainObject } from './path.ts'
import { type Client, client } from './schema/client.ts'
import { type File, file } from './schema/file.ts'
import { oauth1Provider, oauth2Provider, oidcProvider, type Provider } from './schema/provider.ts'
import { type Service, service } from './schema/service.ts'

/** An object of which only what is in order is there: a key that is missing had a mistake. */
type Sound<T> = T extends unknown ? { [K in keyof T]?: T[K] } : never

/**
 * What can be judged of a configuration beyond its single values although it has mistakes, so that the first
 * run names those too that concern the relation of two values.
 */
export interface Salvaged extends Sound<Omit<File, 'clients' | 'services' | 'providers'>> {
  /** One for each element of the list, by index. */
  clients: Sound<Client>[]
  services: Sound<Service>[]
  /** Every id there is; undefined where the provider as a whole makes no sense. */
  providers: Map<string, Sound<Provider> | undefined>
}

export function salvage(input: unknown): Salvaged {
  const raw = isPlainObject(input) ? input : {}
  return {
    ...sound(file.shape, raw),
    clients: elements(raw.clients).map((one) => sound(client.shape, one)),
    services: elements(raw.services).map((one) => sound(service.shape, one)),
    providers: new Map(
      Object.entries(isPlainObject(raw.providers) ? raw.providers : {}).map(([id, one]) => [
        id,
        soundProvider(one),
      ]),
    ),
  }
}

function soundProvider(input: unknown): Sound<Provider> | undefined {
  const type = isPlainObject(input) ? input.type : undefined
  if (type === 'oidc') return sound(oidcProvider.shape, input)
  if (type === 'oauth2') return sound(oauth2Provider.shape, input)
  if (type === 'oauth1') return sound(oauth1Provider.shape, input)
  return undefined
}

const elements = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

function sound<S extends z.core.$ZodShape>(
  shape: S,
  input: unknown,
): Sound<{ [K in keyof S]: z.output<S[K]> }> {
  const raw = isPlainObject(input) ? input : {}
  const entries = Object.entries(shape).flatMap(([key, schema]) => {
    const result = z.safeParse(schema, Object.hasOwn(raw, key) ? raw[key] : undefined)
    return result.success ? [[key, result.data]] : []
  })
  // Each value came from the schema of its key, which the compiler cannot follow through fromEntries.
  return Object.fromEntries(entries) as Sound<{ [K in keyof S]: z.output<S[K]> }>
}
