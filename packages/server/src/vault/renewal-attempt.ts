import type { Clock } from '../clock.ts'
import type { Events } from '../events.ts'
import type { Logger } from '../logging.ts'
import type { Connection, ConnectionStore } from '../storage/index.ts'
import { mergedData, type Tokens, type Upstream, UpstreamError } from '../upstream/index.ts'
import { backOff } from './back-off.ts'
import type { HeldTokens, VaultContents } from './contents.ts'
import { judgeFailure, type TransientKind } from './failure.ts'
import { accessEnd, hardEndAfterRenewal, type LearnedBy } from './lifetime.ts'
import type { NoteServed } from './note.ts'
import { scopesIn } from './scopes.ts'
import type { OutcomeAt, Settlement } from './settlement.ts'
import type { GiveUpStray } from './strays.ts'
import { nextSweepAt, warningHolds } from './sweep-plan.ts'

/** A provider, as far as renewing needs it. */
export type Renewer = Pick<Upstream, 'refresh' | 'introspect' | 'refreshRules'>

export interface AttemptDeps {
  connections: Pick<ConnectionStore, 'begin' | 'settle'>
  contents: VaultContents
  upstreams: ReadonlyMap<string, Renewer>
  settle: Settlement
  giveUpStray: GiveUpStray
  clock: Clock
  random: () => number
  events: Events
  logger: Logger
  note: NoteServed
}

/** Asks the provider, once, for whoever holds a connection's lease. What it says is how sure the new token's end is. */
export type RenewalAttempt = (
  leased: Connection,
  by: { requestId: string },
  /** The access token is to have these scopes and is for somebody in particular: the connection keeps its own. */
  narrowTo?: readonly string[],
) => Promise<AttemptOutcome>

export type AttemptOutcome =
  /** `refusedScopes`: the provider makes no such token. What else it is stands in the row. */
  | { renewed: false; refusedScopes?: true }
  | {
      renewed: true
      by: LearnedBy
      tokens: Tokens
      askedAt: number /** Names the consent. */
      grant: string | undefined
    }

/**
 * One request to the provider and the write of its outcome, with nothing in between, outside of any transaction. The
 * journal's entry comes first: should this process die, whoever comes next knows that there was a request.
 */
export function createRenewalAttempt(deps: AttemptDeps): RenewalAttempt {
  const { connections, contents, upstreams, settle, giveUpStray, clock, random, events, logger, note } = deps
  const nothing = { renewed: false } as const

  return async (leased, by, narrowTo) => {
    const { id, provider, subject, renewal } = leased
    const upstream = upstreams.get(provider)
    if (upstream === undefined) {
      await fail(leased, { kind: 'settings', mayBeSpent: false }, 'provider_not_configured')
      return nothing
    }
    const held = await opened(leased)
    const { refreshToken, providerData } = held
    if (refreshToken === undefined) {
      await giveUp(leased, 'expired', by)
      return nothing
    }
    const askedAt = clock.now()
    if (!(await begun(leased, askedAt))) return nothing
    let tokens: Tokens
    try {
      tokens = await upstream.refresh({
        ...{ refreshToken, subject },
        ...(providerData === undefined ? {} : { providerData }),
        ...(narrowTo === undefined ? {} : { scopes: narrowTo }),
      })
    } catch (error) {
      if (narrowTo !== undefined && error instanceof UpstreamError && error.reason === 'invalid_scope') {
        await keepAsItIs(leased, held)
        return { renewed: false, refusedScopes: true }
      }
      const failure = judgeFailure(error)
      if (failure.kind === 'revoked') await giveUp(leased, reasonOf(leased), by)
      else await fail(leased, failure, error)
      return nothing
    }
    const about = { leased, held, upstream, askedAt, isNarrow: narrowTo !== undefined }
    const { outcomeAt, learnedBy } = renewedBy(tokens, about)
    const written = await settle(leased, outcomeAt)
    note('renewal', provider, written ? 'ok' : 'too_late')
    if (written)
      logger.info({ connection_id: id, provider, fence: renewal.fence }, 'a connection was renewed')
    else await giveUpStray(leased, held, tokens)
    return written ? { renewed: true, by: learnedBy, tokens, askedAt, grant: held.grant } : nothing
  }

  async function opened(leased: Connection): Promise<HeldTokens> {
    try {
      return await contents.open(leased)
    } catch (error) {
      await release(leased)
      throw error
    }
  }

  async function begun(leased: Connection, now: number): Promise<boolean> {
    try {
      return await connections.begin(leased.id, leased.renewal.fence, now)
    } catch (error) {
      await release(leased)
      throw error
    }
  }

  /** A courtesy to those who wait: the lease ends by itself, too. */
  async function release({ id, renewal }: Connection): Promise<void> {
    await connections.settle(id, renewal.fence, { kind: 'released' }).catch(() => undefined)
  }

  async function giveUp(leased: Connection, reason: string, by: { requestId: string }): Promise<void> {
    const { id, provider, userId } = leased
    note('renewal', provider, reason)
    if (!(await settle(leased, () => ({ kind: 'broken', reason, now: clock.now() })))) return
    events.emit('connection.needs_reconnect', {
      requestId: by.requestId,
      subject: userId,
      data: { connection_id: id, provider, reason },
    })
  }

  async function fail(
    leased: Connection,
    failure: { kind: TransientKind; mayBeSpent: boolean; retryAfterMs?: number },
    cause: unknown,
  ): Promise<void> {
    const { id, provider, renewal } = leased
    const { kind, mayBeSpent, retryAfterMs } = failure
    note('renewal', provider, kind)
    // A row of failures of another kind says nothing about this one.
    const inARow = renewal.failure === kind ? renewal.failures : 0
    const wait = backOff(kind, inARow, { random, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) })
    const retryAt = clock.now() + wait
    const reason = cause instanceof UpstreamError ? cause.summary : cause
    const about = { connection_id: id, provider, failure: kind, reason, wait_ms: wait }
    if (kind === 'settings')
      logger.error(about, 'a renewal failed: see the configuration of this provider, here and there')
    else logger.warn(about, 'a renewal failed')
    const keepJournal = mayBeSpent || renewal.startedAt !== undefined
    await settle(leased, () => ({ kind: 'failed', failure: kind, retryAt, keepJournal }))
  }

  /** Why the provider refuses: a refresh token that an unanswered request may have spent was not taken back by anybody. */
  function reasonOf({ hardEndsAt, renewal }: Connection): string {
    if (hardEndsAt !== undefined && clock.now() >= hardEndsAt) return 'expired'
    return renewal.startedAt === undefined ? 'revoked' : 'lost_response'
  }

  /** Nothing was spent; an earlier request may have been. */
  async function keepAsItIs(leased: Connection, held: HeldTokens): Promise<void> {
    const { renewable, obtainedAt, grantedScopes, expiresAt, hardEndsAt, sweepAt } = leased
    await settle(leased, (from) =>
      leased.renewal.startedAt === undefined
        ? {
            ...{ kind: 'renewed', from, renewable, obtainedAt, grantedScopes },
            ...(expiresAt === undefined ? {} : { expiresAt }),
            ...(hardEndsAt === undefined ? {} : { hardEndsAt }),
            ...(sweepAt === undefined ? {} : { sweepAt }),
            ...contents.seal({ ...leased, version: from + 1 }, held),
          }
        : { kind: 'released' },
    )
  }

  /** What the answer leaves out stays as it is. */
  function renewedBy(
    tokens: Tokens,
    about: { leased: Connection; held: HeldTokens; upstream: Renewer; askedAt: number; isNarrow: boolean },
  ): { outcomeAt: OutcomeAt; learnedBy: LearnedBy } {
    const { leased, held, upstream, askedAt, isNarrow } = about
    const refreshToken = tokens.refreshToken ?? held.refreshToken
    const providerData = mergedData(held.providerData, tokens.providerData)
    const kept: HeldTokens = {
      ...held,
      ...(isNarrow ? {} : { accessToken: tokens.accessToken, tokenType: tokens.tokenType }),
      ...(refreshToken === undefined ? {} : { refreshToken }),
      ...(providerData === undefined ? {} : { providerData }),
    }
    const rules = upstream.refreshRules
    // From when it was asked for: how long the answer took is not known.
    const { expiresAt, by } = accessEnd({ tokens, obtainedAt: askedAt, renewable: true, rules })
    const hardEndsAt = hardEndAfterRenewal(tokens, askedAt, leased.hardEndsAt)
    const scopes = scopesIn(tokens.scope ?? '')
    const access = isNarrow
      ? leased
      : { obtainedAt: askedAt, expiresAt, grantedScopes: scopes.length === 0 ? leased.grantedScopes : scopes }
    const content = {
      renewable: refreshToken !== undefined,
      obtainedAt: access.obtainedAt,
      ...(access.expiresAt === undefined ? {} : { expiresAt: access.expiresAt }),
      ...(hardEndsAt === undefined ? {} : { hardEndsAt }),
      grantedScopes: access.grantedScopes,
    }
    const { hardEndsAt: _, sweepAt: planned, ...before } = leased
    // What is due by now has not been done: a renewal must not make the sweep forget a warning.
    const isDue = planned !== undefined && planned <= askedAt
    const sweepAt = isDue ? planned : nextSweepAt({ ...before, ...content }, rules, askedAt)
    return {
      learnedBy: by,
      outcomeAt: (from) => ({
        ...{ kind: 'renewed', from, ...content },
        ...(sweepAt === undefined ? {} : { sweepAt }),
        ...(warningHolds({ ...before, ...content }, askedAt) ? {} : { warnAnew: true as const }),
        ...contents.seal({ ...leased, version: from + 1 }, kept),
      }),
    }
  }
}
