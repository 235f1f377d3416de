import { setImmediate } from 'node:timers/promises'
import type { ServiceConfig } from '../config/types.ts'
import { AnsweredError } from '../errors.ts'
import { hashOf } from '../ids.ts'
import { silentLogger } from '../logging.ts'
import { type Quarantined, StorageError } from '../storage/index.ts'
import { type Tokens, UpstreamError } from '../upstream/index.ts'
import { createMarkBroken } from './broken.ts'
import type { HeldTokens, VaultContents } from './contents.ts'
import { createHandOut, type HandOut } from './hand-outs.ts'
import { memoryConnection, type RenewalStore } from './renewal-store.fixture.ts'
import { createRenewals } from './renewals.ts'
import { createReport, type Report } from './reports.ts'

export type Step =
  | { do: 'hand out'; process: number }
  /** A service was refused with the token that it was given last. */
  | { do: 'report'; process: number; hashed: boolean }
  | { do: 'wait'; ms: number }
  /** All that the process does ends where it is; another takes its place. */
  | { do: 'kill'; process: number }
  /** The database answers nobody at this process' next statement, before it took effect or after. */
  | { do: 'break statement'; process: number; effect: 'none' | 'done' }
  | { do: 'provider'; next: 'outage' | 'lost' | 'busy' | 'misconfigured' }
  | { do: 'reseal' | 'reconnect' | 'revoke' }

export type Choice = { of: 'held' | 'timer' | 'step'; index: number }

/** A request that the provider took. */
export interface Request {
  fence: number
  presented: number
  /** The generation that it gave; undefined for a refusal. */
  gave?: number
  answer: 'tokens' | 'invalid_grant' | 'failure'
}

export interface Run {
  requests: Request[]
  /** Fences under which a request was begun, and how often. */
  fences: number[]
  /** Generations of refresh tokens that were written by renewals, in order; whole runs between reconnects. */
  written: number[][]
  /** Generations that services were given. */
  handedOut: number[]
  /** Generations that were in the row at some time. */
  stored: Set<number>
  /** Codes of refusals. */
  refused: string[]
  needsReconnect: string[]
  /** Why the connection is in need of reconnecting at the end. */
  broken: string | undefined
  killed: boolean
  /** Somebody's answer came when the lease was another's. */
  overtaken: boolean
  /** An answer with tokens got lost on its way. */
  lost: boolean
  revoked: boolean
  storageFailed: boolean
  unfinished: number
  /** Generations that were given up for revocation, and whether a connection of the same grant lived. */
  givenUp: { generation: number; wasHeld: boolean }[]
  /** Times that the account was connected anew. */
  reconnects: number
}

const lifeMs = 3_600_000
const service: ServiceConfig = { id: 'reports', vault: { p: ['*'] } }
const keyId = 'k'

/** Sealed as plain text that names its place: what opens elsewhere is found out all the same. */
function opened(row: { id: string; version?: number; sealed: string }): HeldTokens {
  const [id, version, tokens]: [string, number, HeldTokens] = JSON.parse(row.sealed)
  if (id !== row.id || version !== (row.version ?? 0)) throw new Error('sealed otherwise')
  return tokens
}
const contents: VaultContents = {
  keyId,
  knows: () => true,
  seal: (place, tokens) => ({
    keyId,
    sealed: JSON.stringify([place.id, 'version' in place ? place.version : 0, tokens]),
  }),
  open: async (row) => opened(row),
}

const tokensOf = (generation: number, grant = 0): HeldTokens => ({
  grant: `grant-${grant}`,
  accessToken: `at-${generation}`,
  tokenType: 'Bearer',
  refreshToken: `rt-${generation}`,
})
const generationOf = (token = ''): number => Number(token.split('-')[1])

interface Process {
  handOut: HandOut
  report: Report
  dead: boolean
  fault?: 'none' | 'done'
}

/**
 * Runs a program against the real renewing, hand-outs and reports, of processes that share one row and one provider whose
 * refresh tokens can be used once. `choices`, in a circle, say at each moment what goes on: one of the operations that are
 * held up, the next timer, or the next step.
 * @param graceful the provider gives the same successor to whoever presents the last spent token again
 */
export async function run(
  program: Step[],
  choices: Choice[],
  { processes: count, graceful }: { processes: number; graceful: boolean },
): Promise<Run> {
  let now = 1_000_000
  const base = { id: 'con_1', userId: 'usr_1', provider: 'p', version: 1 }
  const store = memoryConnection({
    ...base,
    ...{ subject: 's', requestedScopes: ['a'], grantedScopes: ['a'], renewable: true, connectedAt: 0 },
    ...{ obtainedAt: now - lifeMs, expiresAt: now, renewal: { fence: 0, failures: 0 } },
    ...contents.seal(base, tokensOf(0)),
  })
  const made: Run = {
    ...{ requests: [], fences: [], written: [[]], handedOut: [], refused: [], needsReconnect: [] },
    ...{
      stored: new Set([0]),
      broken: undefined,
      killed: false,
      overtaken: false,
      lost: false,
      revoked: false,
    },
    ...{ storageFailed: false, unfinished: 0, givenUp: [], reconnects: 0 },
  }
  const held: { of: Process; go: () => void }[] = []
  const timers: { of: Process; at: number; task: () => Promise<void> }[] = []

  const stop = (of: Process) =>
    new Promise<void>((resolve) => {
      if (!of.dead) held.push({ of, go: resolve })
    })

  // The provider.
  let good = 0
  let spent: number | undefined
  let revoked = false
  let next: (Step & { do: 'provider' })['next'] | undefined
  let most = 0
  /** The consent that each generation came from. */
  const grantOf = new Map([[0, 'grant-0']])
  const reconnected = () => {
    good = ++most
    grantOf.set(good, `grant-${++made.reconnects}`)
    spent = undefined
    revoked = false
  }
  function answerTo(request: Request): Tokens | UpstreamError {
    const fault = next
    next = undefined
    if (fault === 'outage') return new UpstreamError('temporarily_unavailable', 'refused')
    if (fault === 'busy')
      return new UpstreamError('temporarily_unavailable', 'rate_limited', { retryAfterMs: 5_000 })
    if (fault === 'misconfigured') return new UpstreamError('provider_error', 'invalid_client')
    const again = graceful && request.presented === spent
    if (revoked || (request.presented !== good && !again)) {
      request.answer = 'invalid_grant'
      return new UpstreamError('provider_error', 'invalid_grant')
    }
    if (!again) {
      spent = good
      good = ++most
      grantOf.set(good, `grant-${made.reconnects}`)
    }
    request.gave = good
    request.answer = 'tokens'
    made.lost ||= fault === 'lost'
    if (fault === 'lost') return new UpstreamError('temporarily_unavailable', 'timeout')
    const { accessToken, tokenType, refreshToken = '' } = tokensOf(good)
    return { accessToken, tokenType, refreshToken, expiresIn: lifeMs / 1000 }
  }

  function start(): Process {
    const process: Process = { dead: false, handOut: neverYet, report: neverYet }
    let fence = 0
    async function statement<T>(ask: () => Promise<T>): Promise<T> {
      await stop(process)
      const fault = process.fault
      delete process.fault
      if (fault !== undefined) made.storageFailed = true
      if (fault === 'none') throw new StorageError('unavailable', 'before')
      const value = await ask()
      if (fault === 'done') throw new StorageError('unavailable', 'after')
      await stop(process)
      return value
    }
    const connections: RenewalStore = {
      find: (id) => statement(() => store.find(id)),
      lease: (id, at) => statement(() => store.lease(id, at)),
      begin: (id, mine, at) =>
        statement(async () => {
          const begun = await store.begin(id, mine, at)
          if (begun) fence = mine
          return begun
        }),
      settle: (id, mine, outcome) =>
        statement(async () => {
          const settled = await store.settle(id, mine, outcome)
          made.overtaken ||= !settled && outcome.kind === 'renewed'
          if (settled && outcome.kind === 'renewed') {
            const generation = generationOf(opened(store.row()).refreshToken)
            made.written.at(-1)?.push(generation)
            made.stored.add(generation)
          }
          return settled
        }),
      expire: (id, version, at) => statement(() => store.expire(id, version, at)),
      markBroken: (id, version, reason, at) => statement(() => store.markBroken(id, version, reason, at)),
      noteUsed: (id, at, unlessAfter) => store.noteUsed(id, at, unlessAfter),
      reseal: (id, from, to, at) => store.reseal(id, from, to, at),
    }
    const upstream = {
      refreshRules: { narrowsScopes: false },
      introspect: async () => undefined,
      async refresh({ refreshToken }: { refreshToken: string }) {
        const request: Request = { fence, presented: generationOf(refreshToken), answer: 'failure' }
        await stop(process)
        made.requests.push(request)
        made.fences.push(request.fence)
        const answer = answerTo(request)
        await stop(process)
        if (answer instanceof UpstreamError) throw answer
        return answer
      },
    }
    const quarantine = {
      put: (entry: Quarantined) =>
        statement(async () => {
          const given = opened(entry)
          const { grant, refreshToken } = opened(store.row())
          const wasHeld =
            grant === grantOf.get(generationOf(given.refreshToken)) || refreshToken === given.refreshToken
          made.givenUp.push({
            generation: generationOf(given.refreshToken),
            wasHeld: wasHeld && store.row().needsReconnect === undefined,
          })
        }),
    }
    const deps = {
      ...{
        connections,
        quarantine,
        contents,
        clock: { now: () => now },
        random: () => 0.5,
        logger: silentLogger,
      },
      upstreams: new Map([['p', upstream]]),
      timers: {
        after(ms: number, task: () => Promise<void>) {
          const entry = { of: process, at: now + ms, task }
          if (!process.dead) timers.push(entry)
          return () => void timers.splice(timers.indexOf(entry), 1)
        },
      },
      events: {
        emit(type: string, { data }: { data: Record<string, unknown> }) {
          if (type === 'connection.needs_reconnect') made.needsReconnect.push(String(data.reason))
        },
      },
      note: () => undefined,
    }
    const narrowing = { token: neverYet, forget: () => undefined, close: async () => undefined }
    const parts = { ...deps, narrowing, renewals: createRenewals(deps), markBroken: createMarkBroken(deps) }
    process.handOut = createHandOut(parts)
    process.report = createReport(parts)
    return process
  }

  const all = Array.from({ length: count }, start)
  const by = { service, requestId: 'req' }
  let last: string | undefined

  async function finish(of: Process, operation: () => Promise<void>): Promise<void> {
    made.unfinished++
    try {
      await operation()
    } catch (error) {
      made.refused.push(codeOf(error))
    }
    // One that is dead never comes here.
    if (!of.dead) made.unfinished--
  }

  function begin(step: Step): void {
    const process = 'process' in step ? all[step.process % all.length] : undefined
    switch (step.do) {
      case 'hand out':
        if (process !== undefined) {
          void finish(process, async () => {
            const { accessToken } = await process.handOut('con_1', by)
            last = accessToken
            made.handedOut.push(generationOf(accessToken))
          })
        }
        return
      case 'report':
        if (process !== undefined && last !== undefined) {
          const about = step.hashed ? { accessTokenHash: hashOf(last) } : {}
          void finish(process, async () => void (await process.report('con_1', by, about)))
        }
        return
      case 'wait':
        now += step.ms
        return
      case 'kill':
        if (process !== undefined) kill(process)
        return
      case 'break statement':
        if (process !== undefined) process.fault = step.effect
        return
      case 'provider':
        next = step.next
        return
      case 'reseal': {
        const { version, ...row } = store.row()
        const sealed = contents.seal({ ...row, version: version + 1 }, opened({ ...row, version }))
        void store.reseal('con_1', version, sealed, now)
        return
      }
      case 'reconnect': {
        reconnected()
        const place = { ...base, version: store.row().version + 1 }
        const { sealed } = contents.seal(place, tokensOf(good, made.reconnects))
        store.reconnect({ sealed, obtainedAt: now, expiresAt: now + lifeMs })
        made.written.push([])
        made.stored.add(good)
        return
      }
      case 'revoke':
        revoked = true
        made.revoked = true
    }
  }

  function kill(process: Process): void {
    made.killed = true
    process.dead = true
    const mine = <T extends { of: Process }>(entries: T[]) => entries.filter(({ of }) => of === process)
    for (const entry of mine(held)) held.splice(held.indexOf(entry), 1)
    for (const entry of mine(timers)) timers.splice(timers.indexOf(entry), 1)
    all[all.indexOf(process)] = start()
  }

  function fire(): void {
    const [first] = timers.toSorted((a, b) => a.at - b.at)
    if (first === undefined) return
    timers.splice(timers.indexOf(first), 1)
    now = Math.max(now, first.at)
    void first.task()
  }

  let begun = 0
  for (let turn = 0; begun < program.length || held.length + timers.length > 0; turn++) {
    if (turn > 2_000) throw new Error('it does not come to an end')
    const choice = choices[turn % choices.length] ?? { of: 'step', index: 0 }
    const step = program[begun]
    if (step !== undefined && (choice.of === 'step' || held.length + timers.length === 0)) {
      begun++
      begin(step)
    } else if (held.length > 0 && (choice.of !== 'timer' || timers.length === 0)) {
      held.splice(choice.index % held.length, 1)[0]?.go()
    } else fire()
    // Long enough for most that goes on without a stop; how far it got is the same each time.
    for (let tick = 0; tick < 16; tick++) await Promise.resolve()
    if (begun === program.length && held.length + timers.length === 0) await setImmediate()
  }

  made.broken = store.row().needsReconnect?.reason
  return made
}

const neverYet = () => Promise.reject(new Error('not started'))

function codeOf(error: unknown): string {
  if (error instanceof AnsweredError) return error.code
  if (error instanceof StorageError) return 'storage'
  throw error
}
