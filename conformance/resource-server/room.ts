import { createVerifier, type Verified, type Verifier, type VerifierOptions } from '@latchkey/verify'
import { type TestClock, testClock } from '../support/clock.ts'
import { createDpopKey, type DpopKey } from '../support/dpop.ts'
import { audience, type HostileIssuer, startIssuer } from './issuer.ts'
import { type Framework, frameworks, type Route, type Service, startService } from './service.ts'

export interface Room {
  clock: TestClock
  issuer: HostileIssuer
  /** Another issuer, whose key has the same `kid`. The services trust it under `/partner` only. */
  partner: HostileIssuer
  services: Record<Framework, Service>
  /** A browser's key. */
  device: DpopKey
  close(): Promise<void>
}

export interface RoomOptions {
  clock?: TestClock
  verifier?: Partial<VerifierOptions>
}

/** A whole second, so that boundaries can be named. */
export const start = 1_800_000_000_000

/** Two issuers and a micro service on each framework, with a verifier each and one clock for all. */
export async function openRoom(options: RoomOptions = {}): Promise<Room> {
  const { clock = testClock(start) } = options
  const [issuer, partner] = await Promise.all([startIssuer(clock), startIssuer(clock)])
  const services = await startServices(() => {
    const create = (own: Partial<VerifierOptions> = {}) =>
      createVerifier({ issuer: issuer.issuer, audience, clock, ...options.verifier, ...own })
    return routes({
      main: create(),
      strict: create({ dpop: 'required' }),
      partner: create({ issuer: partner.issuer }),
    })
  })
  const device = await createDpopKey(clock.now)
  return {
    ...{ clock, issuer, partner, services, device },
    async close() {
      await Promise.all([issuer, partner, ...Object.values(services)].map((each) => each.close()))
    },
  }
}

export async function startServices(routesFor: () => Route[]): Promise<Record<Framework, Service>> {
  const of = (framework: Framework) => startService(framework, routesFor())
  const [Hono, Express, Fastify, node] = [of('Hono'), of('Express'), of('Fastify'), of('node:http')]
  return { Hono: await Hono, Express: await Express, Fastify: await Fastify, 'node:http': await node }
}

/** Four services that have nothing but `/reports`. */
export function startReports(verifierFor: () => Verifier): Promise<Record<Framework, Service>> {
  return startServices(() => [
    { method: 'GET', path: '/reports', verifier: verifierFor(), handle: principal },
  ])
}

export function closeAll(services: Record<Framework, Service>): Promise<unknown> {
  return Promise.all(frameworks.map((framework) => services[framework].close()))
}

const principal = ({ issuer, subject, scopes }: Verified) => ({ issuer, subject, scopes })

/** The sample service. Each instance has visits of its own, counted by principal. */
function routes(verifiers: { main: Verifier; strict: Verifier; partner: Verifier }): Route[] {
  const { main, strict, partner } = verifiers
  const visits = new Map<string, number>()
  function visit(auth: Verified) {
    const user = JSON.stringify([auth.issuer, auth.subject])
    const times = (visits.get(user) ?? 0) + 1
    visits.set(user, times)
    return { ...principal(auth), times }
  }
  const get = { method: 'GET' as const, verifier: main, handle: principal }
  return [
    { ...get, path: '/reports' },
    { ...get, path: '/reports', method: 'POST' },
    { ...get, path: '/' },
    { ...get, path: '/strict', verifier: strict },
    { ...get, path: '/write', requirements: { scopes: ['reports:write'] } },
    { ...get, path: '/export', requirements: { scopes: ['reports:read', 'reports:export'] } },
    { ...get, path: '/recent', requirements: { maxAgeSeconds: 300 } },
    { ...get, path: '/strong', requirements: { acrValues: ['mfa', 'phr'] } },
    {
      ...get,
      path: '/careful',
      requirements: { scopes: ['reports:erase'], maxAgeSeconds: 0, acrValues: ['phr'] },
    },
    { ...get, path: '/visits', handle: visit },
    { ...get, path: '/partner/visits', verifier: partner, handle: visit },
  ]
}
