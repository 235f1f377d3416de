import { describe, expect, it } from 'vitest'
import type { Session } from '../storage/index.ts'
import { judgeRefresh, type RefreshFacts } from './judge-refresh.ts'

const session: Session = {
  id: 'ses_1',
  userId: 'usr_1',
  clientId: 'web',
  provider: 'p',
  identityId: 'idn_1',
  counter: 5,
  createdAt: 0,
  rotatedAt: 100_000,
  idleExpiresAt: 500_000,
  absoluteExpiresAt: 600_000,
  dpopJkt: 'key',
  scope: '',
  resources: [],
  authTime: 0,
}
const facts: RefreshFacts = {
  session,
  presented: 5,
  clientId: 'web',
  jkt: 'key',
  now: 100_000,
  graceMs: 30_000,
}

describe('judgeRefresh', () => {
  const cases: [string, Partial<RefreshFacts>, string][] = [
    ['the live generation', {}, 'good'],
    ['a counter ahead of the row (a backup was restored)', { presented: 9 }, 'good'],
    ['A34 the previous one within the grace', { presented: 4, now: 129_999 }, 'good'],
    ['A34 the previous one at the end of the grace is reuse', { presented: 4, now: 130_000 }, 'reuse'],
    ['A34 an older one is reuse at once', { presented: 3 }, 'reuse'],
    ['A35 an old one with another key is refused, no more', { presented: 3, jkt: 'other' }, 'refuse'],
    ['A35 an old one without a key is refused, no more', { presented: 3, jkt: undefined }, 'refuse'],
    ['A32 another client', { clientId: 'other' }, 'refuse'],
    ['A36 over at the idle end', { now: 500_000 }, 'refuse'],
    [
      'A36 over at the absolute end',
      { now: 600_000, session: { ...session, idleExpiresAt: 900_000 } },
      'refuse',
    ],
    ['revoked', { session: { ...session, revokedAt: 1 } }, 'refuse'],
    ['a session without a key asks for none', { session: omitKey(session), jkt: undefined }, 'good'],
  ]
  it.each(cases)('%s', (_, changes, kind) => {
    expect(judgeRefresh({ ...facts, ...changes }).kind).toBe(kind)
  })
})

function omitKey({ dpopJkt: _, ...rest }: Session): Session {
  return rest
}
