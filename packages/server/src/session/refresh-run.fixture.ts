import { hash } from 'node:crypto'
import type { ClientConfig } from '../config/types.ts'
import { ApiError } from '../errors.ts'
import { type Session, StorageError } from '../storage/index.ts'
import { createRefreshTokens } from './refresh-token.ts'
import type { World } from './refresh-world.fixture.ts'
import { createSchedule, type Schedule } from './schedule.fixture.ts'
import { createSessions, type Sessions } from './sessions.ts'

/** The connection breaks at an operation's statement of this number, before it takes effect or after. */
export interface Fault {
  statement: number
  effect: 'none' | 'done'
}

export type Step =
  /** The browser refreshes by the rules, with the token that it keeps; the answer may be lost on its way. */
  | { do: 'refresh'; lost: boolean; hookFails: boolean; fault: Fault | undefined }
  /** Somebody presents one of all tokens that were ever issued. */
  | { do: 'present'; token: number; key: Key; client: 'own' | 'foreign'; fault: Fault | undefined }
  | { do: 'sign out'; token: number; client: 'own' | 'foreign'; fault: Fault | undefined }
  | { do: 'end' | 'disable' | 'copy' | 'restore' }
  | { do: 'wait'; ms: number }

export type Key = 'right' | 'wrong' | 'none'

/** What a statement of an attempt found and left. */
export interface Statement {
  name: 'session' | 'user' | 'rotate' | 'revoke'
  before: Session
  after: Session
  /** The time by which its process asked for it; it may run much later. */
  askedAt: number
}

/** One refresh token presented, and all that came of it. */
export interface Attempt {
  by: 'browser' | 'anybody'
  presented: number
  /** With the session's key, by its client. */
  rightful: boolean
  arrivedAt: number
  endedAt: number
  statements: Statement[]
  /** `unknown`: the database failed. `failed`: the owner's hook did. */
  outcome: 'issued' | 'refused' | 'unknown' | 'failed'
  /** The generation of the token that was issued. */
  successor?: number
  /** The database was made to fail. */
  faulty: boolean
  /** A backup was put back while it was under way. */
  restored: boolean
}

export interface Run {
  attempts: Attempt[]
  /** Every state that the row was seen in. */
  rows: Session[]
}

export const graceMs = 30_000
const idleMs = 1_000_000
const absoluteMs = 1_500_000

/** A session whose fifth generation is the live one, since the time 0. */
export const sessionOf = (id: string): Session => ({
  ...{ id, userId: `usr_${id}`, clientId: 'web', provider: 'p', identityId: `idn_${id}` },
  ...{ counter: 4, createdAt: 0, rotatedAt: 0, idleExpiresAt: idleMs, absoluteExpiresAt: absoluteMs },
  ...{ dpopJkt: 'right', scope: 'openid', resources: [], authTime: 0 },
})

const client = (id: string): ClientConfig => ({
  ...{ id, redirectUris: [], postLogoutRedirectUris: [], origins: [], resources: [], scopes: ['openid'] },
  grantTypes: ['refresh_token'],
  ...{
    dpop: 'optional',
    responseModes: ['fragment'],
    sameSite: false,
    requirePushedAuthorizationRequests: false,
    allowGetAuthorize: false,
  },
})
const clients = { own: client('web'), foreign: client('other') }
const requestId = 'req'

const refreshTokens = createRefreshTokens({
  sign: (data) => hash('sha256', `key ${data}`, 'buffer'),
  verify: (data, mac) => hash('sha256', `key ${data}`, 'buffer').equals(mac),
})

const hookFailure = new Error('the hook failed')

/**
 * Runs a program against the real `createSessions`. `choices`, taken in a circle, say at each moment which of the
 * operations that are held up goes on, or that the next step begins.
 */
export async function run(program: Step[], choices: number[], world: World): Promise<Run> {
  const schedule = createSchedule()
  const { begin, made } = createSteps(world, await world.row(), schedule)
  let begun = 0
  for (let turn = 0; begun < program.length || schedule.held > 0; turn++) {
    const step = program[begun]
    const ways = schedule.held + (step === undefined ? 0 : 1)
    const way = (choices[turn % choices.length] ?? 0) % ways
    if (way < schedule.held || step === undefined) await schedule.resume(way)
    else {
      begun++
      await schedule.begin(() => begin(step))
    }
  }
  return made
}

function createSteps(world: World, first: Session, schedule: Schedule) {
  const made: Run = { attempts: [], rows: [first] }
  const { id } = first
  let now = first.rotatedAt
  let copy: Session = { ...first, counter: first.counter - 2 }
  let restores = 0
  let issued = first.counter
  /** What the browser keeps; undefined once it was told that it is signed out. */
  let kept: number | undefined = first.counter
  const underWay: number[] = []

  /** The code under test, in a process of its own that records what it asks of the database. */
  function process(
    attempt: Pick<Attempt, 'statements' | 'faulty'>,
    fault: Fault | undefined,
    hookFails = false,
  ): Sessions {
    let count = 0
    async function statement<T>(name: Statement['name'], ask: () => Promise<T>): Promise<T> {
      const askedAt = now
      await schedule.stop()
      const effect = fault?.statement === count++ ? fault.effect : undefined
      attempt.faulty ||= effect !== undefined
      if (effect === 'none') throw new StorageError('unavailable', 'the connection broke before')
      const before = await world.row()
      const value = await ask()
      const after = await world.row()
      made.rows.push(after)
      attempt.statements.push({ name, before, after, askedAt })
      if (effect === 'done') throw new StorageError('unavailable', 'the connection broke after')
      await schedule.stop()
      return value
    }
    return createSessions({
      sessions: {
        create: () => Promise.reject(new Error('nobody signs in')),
        find: (of) => statement('session', () => world.sessions.find(of)),
        rotate: (of, move) => statement('rotate', () => world.sessions.rotate(of, move)),
        revoke: (of, at, reason) => statement('revoke', () => world.sessions.revoke(of, at, reason)),
      },
      users: { find: (of) => statement('user', () => world.users.find(of)) },
      refreshTokens,
      mint: {
        async prepare() {
          await schedule.stop()
          if (hookFails) throw hookFailure
          return (session, { scope, counter }) => ({
            ...{ access_token: '', token_type: 'DPoP', expires_in: 1, scope, server_time: now },
            refresh_token: refreshTokens.of(session.id, counter),
          })
        },
      },
      clock: { now: () => now },
      config: {
        tokens: {
          ...{ sessionIdleSeconds: idleMs / 1000, sessionAbsoluteSeconds: absoluteMs / 1000 },
          refreshGraceSeconds: graceMs / 1000,
        },
      },
      events: { emit: () => undefined },
    })
  }

  async function present(
    attempt: Attempt,
    {
      key,
      client,
      fault,
      hookFails,
    }: { key: Key; client: 'own' | 'foreign'; fault: Fault | undefined; hookFails: boolean },
  ): Promise<Attempt> {
    made.attempts.push(attempt)
    const restoresBefore = restores
    try {
      const answer = await process(attempt, fault, hookFails).refresh(
        refreshTokens.of(id, attempt.presented),
        {
          ...{ client: clients[client], resources: [], requestId },
          ...(key === 'none' ? {} : { jkt: key }),
        },
      )
      attempt.outcome = 'issued'
      const successor = refreshTokens.read(answer.refresh_token ?? '')?.counter
      if (successor !== undefined) {
        attempt.successor = successor
        issued = Math.max(issued, successor)
      }
    } catch (error) {
      attempt.outcome = outcomeOf(error)
    }
    attempt.endedAt = now
    attempt.restored = restores > restoresBefore
    return attempt
  }

  const attemptOf = (by: Attempt['by'], presented: number, rightful: boolean): Attempt => ({
    ...{ by, presented, rightful, arrivedAt: now, endedAt: now, statements: [], faulty: false },
    ...{ outcome: 'unknown', restored: false },
  })

  async function browse({ lost, hookFails, fault }: Step & { do: 'refresh' }): Promise<void> {
    // One generation at a time: tabs may race with the token that they share, and none is left behind.
    const token = kept
    if (token === undefined || underWay.some((other) => other !== token)) return
    underWay.push(token)
    const how = { key: 'right' as const, client: 'own' as const, fault, hookFails }
    const { outcome, successor } = await present(attemptOf('browser', token, true), how)
    underWay.splice(underWay.indexOf(token), 1)
    if (lost) return
    if (outcome === 'issued') kept = successor
    if (outcome === 'refused') kept = undefined
  }

  async function begin(step: Step): Promise<void> {
    switch (step.do) {
      case 'refresh':
        return browse(step)
      case 'present': {
        const rightful = step.key === 'right' && step.client === 'own'
        await present(attemptOf('anybody', step.token % (issued + 1), rightful), {
          ...step,
          hookFails: false,
        })
        return
      }
      case 'sign out': {
        const token = refreshTokens.of(id, step.token % (issued + 1))
        const log = { statements: [], faulty: false }
        const request = { client: clients[step.client], requestId }
        await process(log, step.fault).end(token, request).catch(outcomeOf)
        return
      }
      case 'end':
        return void (await world.sessions.revoke(id, now, 'ended'))
      case 'disable':
        return void (await world.users.disable(first.userId, now))
      case 'copy':
        copy = await world.row()
        return
      case 'restore':
        restores++
        return world.restore(copy)
      case 'wait':
        now += step.ms
    }
  }

  return { begin, made }
}

function outcomeOf(error: unknown): Attempt['outcome'] {
  if (error instanceof StorageError) return 'unknown'
  if (error === hookFailure) return 'failed'
  if (error instanceof ApiError && error.code === 'invalid_grant') return 'refused'
  throw error
}
