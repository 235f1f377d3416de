import type { Finding } from '../findings.ts'
import { nearest } from '../nearest.ts'
import { formatPath, isPlainObject, type Path } from '../path.ts'
import type { Salvaged } from '../salvage.ts'
import { parseListen } from '../values.ts'
import type { SoundProvider } from './sound.ts'
import { believesNoAddress } from './wire.ts'

/** References from one part of the configuration to another, and settings that exclude each other. */
export function wholeFindings(config: Salvaged, input: unknown): Finding[] {
  return [
    ...references(config),
    ...vouching(config),
    ...repeated('secrets', config.secrets ?? [], (index) => ['secrets', index]),
    ...repeated('webhooks', config.webhooks?.map(({ url }) => url) ?? [], (index) => [
      'webhooks',
      index,
      'url',
    ]),
    ...sharedPort(config),
    ...lifetimes(config, input),
    ...counters(config),
  ]
}

function references(config: Salvaged): Finding[] {
  const { admins = [] } = config
  const joining = joiningProviders(config)
  const refer = (id: string, path: Path): Finding[] => {
    if (config.providers.has(id)) return []
    const meant = nearest(id, config.providers.keys())
    const remedy =
      meant === undefined ? `add "${id}" to "providers", or take it out here` : `did you mean "${meant}"?`
    return [{ path, problem: 'names no provider of this configuration', remedy }]
  }
  return [
    ...admins.flatMap((admin, index) => refer(admin.slice(0, admin.indexOf(':')), ['admins', index])),
    ...joining.flatMap((id, index) => refer(id, ['linking', 'verified_email', index])),
    ...config.services.flatMap((service, index) =>
      Object.keys(service.vault ?? {}).flatMap((id) => {
        const path = ['services', index, 'vault', id]
        return [...refer(id, path), ...unconnectable(config, id, path)]
      }),
    ),
  ]
}

function unconnectable({ providers }: Salvaged, id: string, path: Path): Finding[] {
  if (providers.get(id)?.connect !== false) return []
  return [
    {
      path,
      problem: 'names a provider at which nobody can connect an account',
      remedy: `set "connect": true at ${formatPath(['providers', id])}, or take it out here`,
    },
  ]
}

const joiningProviders = ({ linking }: Salvaged): string[] =>
  typeof linking === 'object' ? linking.verified_email : []

const isUnbelieved = (provider: SoundProvider | undefined): boolean =>
  provider !== undefined && believesNoAddress(provider)

/** Joining needs two words on one address: of providers that are believed. */
function vouching(config: Salvaged): Finding[] {
  const joining = joiningProviders(config)
  const unbelieved = joining.flatMap((id, index): Finding[] =>
    isUnbelieved(config.providers.get(id))
      ? [
          {
            path: ['linking', 'verified_email', index],
            problem: 'names a provider whose word on e-mail addresses is not taken ("email-not-verified")',
            remedy: 'take it out here, or take the quirk out there',
          },
        ]
      : [],
  )
  if (new Set(joining).size !== 1) return unbelieved
  return [
    {
      path: ['linking', 'verified_email'],
      problem: 'names one provider, and identities of one provider are never joined',
      remedy: 'name at least two, or use "manual"',
    },
    ...unbelieved,
  ]
}

/** Twice in a list is a mistake: of two entries one would be without effect, or everything done twice. */
function repeated(name: string, values: readonly string[], pathOf: (index: number) => Path): Finding[] {
  return values.flatMap((value, index): Finding[] => {
    const first = values.indexOf(value)
    if (first === index) return []
    return [
      { path: pathOf(index), problem: `is the same as ${name}[${first}]`, remedy: 'take one of them out' },
    ]
  })
}

function sharedPort({ listen, operations }: Salvaged): Finding[] {
  const own = operations?.listen === undefined ? undefined : parseListen(operations.listen)
  const open = listen === undefined ? undefined : parseListen(listen)
  if (own === undefined || open === undefined || own.port === 0) return []
  if (own.port !== open.port || own.host !== open.host) return []
  return [
    { path: ['operations', 'listen'], problem: 'is the public address', remedy: 'give it a port of its own' },
  ]
}

/** Counters are shared through the PostgreSQL that is there anyway. */
function counters({ rate_limits, storage }: Salvaged): Finding[] {
  if (typeof rate_limits !== 'object' || rate_limits.storage !== 'postgres') return []
  if (storage === undefined || storage.startsWith('postgres')) return []
  return [
    {
      path: ['rate_limits', 'storage'],
      problem: 'is PostgreSQL, and "storage" is not',
      remedy:
        'use "memory"; processes that share no PostgreSQL can share a Valkey or Redis, redis://127.0.0.1:6379',
    },
  ]
}

/** The idle end is capped by the absolute one; only somebody who wrote both can have meant otherwise. */
function lifetimes({ tokens }: Salvaged, input: unknown): Finding[] {
  const written = isPlainObject(input) && isPlainObject(input.tokens) ? input.tokens : {}
  if (
    tokens === undefined ||
    !('session_idle_seconds' in written) ||
    !('session_absolute_seconds' in written)
  )
    return []
  if (tokens.session_idle_seconds <= tokens.session_absolute_seconds) return []
  return [
    {
      path: ['tokens', 'session_idle_seconds'],
      problem: 'is more than session_absolute_seconds, which ends a session anyway',
      remedy: 'make it at most session_absolute_seconds',
    },
  ]
}
