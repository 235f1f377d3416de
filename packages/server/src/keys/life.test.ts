import { describe, expect, it } from 'vitest'
import type { StoredSigningKey } from '../storage/index.ts'
import { type KeyStep, keyTimes, planKeys, stateOf } from './life.ts'

const { leadMs, toleranceMs } = keyTimes
const now = 1_800_000_000_000
const hour = 3_600_000

type Times = { made?: number; from?: number; until?: number; last?: number }
/** Times count from now. */
const key = (
  kid: string,
  algorithm: string,
  { made = -hour, from, until, last }: Times,
): StoredSigningKey => ({
  ...{ kid, algorithm, publicJwk: '{}', sealedPrivateJwk: '' },
  createdAt: now + made,
  ...(from !== undefined && { activatedAt: now + from }),
  ...(until !== undefined && { retiredAt: now + until }),
  ...(last !== undefined && { lastExpiresAt: now + last }),
})
const es = (kid: string, times: Times) => key(kid, 'ES256', times)
const ed = (kid: string, times: Times) => key(kid, 'EdDSA', times)

const active = es('a', { from: -hour, last: 300 })
const next = es('n', { made: -hour })
const add = (after?: string, signs = false): KeyStep => ({ do: 'add', ...(after && { after }), signs })
const remove = (kid: string): KeyStep => ({ do: 'remove', kid, before: now - toleranceMs })
const begin = (kid: string): KeyStep => ({ do: 'activate', kid })
const retire = (kid: string): KeyStep => ({ do: 'retire', kid })

describe('A44 X10 planKeys', () => {
  it.each<[string, StoredSigningKey[], string[], string[], KeyStep[]]>([
    ['no key at all: one that signs at once', [], [], [], [add(undefined, true)]],
    ['an active one alone: a next one', [active], ['a'], ['a'], [add('a')]],
    ['active and next: nothing', [active, next], ['a'], ['a', 'n'], []],
    [
      'a key from before uses were noted: note one',
      [es('a', { from: -hour }), next],
      ['a'],
      ['a', 'n'],
      [{ do: 'note_use', kid: 'a' }],
    ],
    [
      'after a rotation: a next one, and the old one stays',
      [es('o', { from: -hour, until: -1, last: 200 }), es('a', { from: -1, last: 300 })],
      ['a', 'o'],
      ['o', 'a'],
      [add('a')],
    ],
    [
      'a retired key whose last token may still be taken stays',
      [es('o', { from: -hour, until: -hour, last: -toleranceMs + 1 }), active, next],
      ['a', 'o'],
      ['o', 'a', 'n'],
      [],
    ],
    [
      'by a clock that is behind, nothing has begun: what begins first signs, and not the heir that verifiers do not know',
      [
        es('a', { made: 1000, from: 1000, last: 300_000 }),
        es('n', { made: 1000 }),
        ed('e', { made: 0, from: leadMs }),
        ed('f', { made: 0 }),
      ],
      ['a', 'e'],
      ['a', 'n', 'e', 'f'],
      [],
    ],
    [
      'the last of its algorithm stays, and signs, while the one that follows it may not yet',
      [es('o', { from: -hour, until: -hour, last: -hour }), es('n', { made: -leadMs + 1 })],
      ['o'],
      ['o', 'n'],
      [],
    ],
    [
      'so it does until a rotation begins that was asked for meanwhile',
      [
        es('o', { from: -hour, until: -hour, last: -hour }),
        es('b', { made: -1, from: leadMs - 1 }),
        es('n', { made: 0 }),
      ],
      ['o', 'b'],
      ['o', 'b', 'n'],
      [],
    ],
    [
      'and goes once that may',
      [es('o', { from: -hour, until: -hour, last: -hour }), es('n', { made: -leadMs })],
      [],
      ['n'],
      [begin('n'), remove('o')],
    ],
    [
      'a retired key goes once that is over',
      [es('o', { from: -hour, until: -hour, last: -toleranceMs }), active, next],
      ['a'],
      ['a', 'n'],
      [remove('o')],
    ],
    [
      'a retired key that never signed stays for those that hear of its end late',
      [es('o', { from: -hour, until: -toleranceMs + 1 }), active, next],
      ['a', 'o'],
      ['o', 'a', 'n'],
      [],
    ],
    [
      'a key that was passed over goes as well',
      [es('o', { until: -toleranceMs }), active, next],
      ['a'],
      ['a', 'n'],
      [remove('o')],
    ],
    [
      'a rotation to come: the old one signs on',
      [es('a', { from: -hour, until: 5, last: 300 }), es('s', { from: 5 }), next],
      ['a', 's'],
      ['a', 's', 'n'],
      [],
    ],
    [
      'a rotation whose time has come',
      [es('a', { from: -hour, until: 0, last: 300 }), es('s', { from: 0, last: 300 }), next],
      ['s', 'a'],
      ['a', 's', 'n'],
      [],
    ],
    [
      'one that was forced while another was to come',
      [
        es('a', { from: -hour, until: 5, last: 300 }),
        es('s', { from: 5, until: -1 }),
        es('f', { from: -1, last: 300 }),
        next,
      ],
      ['f', 'a', 's'],
      ['a', 's', 'f', 'n'],
      [],
    ],
    [
      'a key of a clock that is ahead signs rather than none',
      [es('a', { from: 5, last: 300 }), next],
      ['a'],
      ['a', 'n'],
      [],
    ],
    ['nothing signs, but one waits: it begins at once', [es('n', { made: -1 })], [], ['n'], [begin('n')]],
  ])('%s', (_, rows, signing, published, steps) => {
    expect(planKeys(rows, now, 'ES256')).toEqual({ signing, published, steps })
  })
})

describe('A44 X10 planKeys after the configured algorithm has changed', () => {
  const old = es('o', { from: -hour, last: 300 })
  it.each<[string, StoredSigningKey[], string[], KeyStep[]]>([
    ['the old key signs on, the new one is published', [old], ['o'], [add()]],
    ['until every verifier can know the new one', [old, ed('n', { made: 1 - leadMs })], ['o'], []],
    ['which begins then', [old, ed('n', { made: -leadMs })], ['o'], [begin('n')]],
    [
      'the old key is not retired while anybody signs with it',
      [es('o', { from: -hour, last: 1 - toleranceMs }), ed('a', { from: -1, last: 300 }), ed('n', {})],
      ['a', 'o'],
      [],
    ],
    [
      'and is once the last token of it is over',
      [es('o', { from: -hour, last: -toleranceMs }), ed('a', { from: -1, last: 300 }), ed('n', {})],
      ['a', 'o'],
      [retire('o')],
    ],
    [
      'nor before the configured algorithm has a key that signs',
      [es('o', { from: -hour, last: -hour }), ed('n', { made: -1 })],
      ['o'],
      [],
    ],
    [
      'the next one of the old algorithm stays with the active one',
      [old, next, ed('a', { from: -1, last: 300 }), ed('m', {})],
      ['a', 'o'],
      [],
    ],
    [
      'and is retired after it, when nobody has come to use it',
      [es('n', { made: -2 * leadMs }), ed('a', { from: -1, last: 300 }), ed('m', {})],
      ['a'],
      [retire('n')],
    ],
    [
      'not while another process may just be changing to it',
      [es('n', { made: 1 - 2 * leadMs }), ed('a', { from: -1, last: 300 }), ed('m', {})],
      ['a'],
      [],
    ],
    [
      'two configurations have retired each other’s keys: the one that began last signs until the next may',
      [
        es('o', { from: -5, until: -1, last: 300 }),
        ed('p', { from: -9, until: -2, last: 300 }),
        ed('n', { made: -1 }),
      ],
      ['o', 'p'],
      [],
    ],
    [
      'nothing signs, and nothing of the own waits: another’s next key begins, and not a fresh one',
      [es('n', { made: -leadMs }), ed('o', { from: -hour, until: -hour })],
      [],
      [begin('n'), remove('o')],
    ],
    [
      'nor the own next key while verifiers may not know it',
      [es('n', { made: -leadMs }), ed('m', { made: 1 - leadMs })],
      [],
      [begin('n')],
    ],
    [
      'which is better than another’s once they do',
      [es('n', { made: -hour }), ed('m', { made: -leadMs })],
      [],
      [begin('m')],
    ],
    [
      'and where they may know neither, the one that has been published for longest',
      [es('n', { made: -2 }), ed('m', { made: -1 })],
      [],
      [begin('n')],
    ],
    [
      'back again, with the retired key still there: the next one follows it',
      [ed('o', { from: -hour, until: -1, last: 300 }), es('a', { from: -hour, last: 300 })],
      ['a', 'o'],
      [add('o')],
    ],
  ])('%s', (_, rows, signing, steps) => {
    expect(planKeys(rows, now, 'EdDSA')).toMatchObject({ signing, steps })
  })
})

it('X10 the state of a key, as the configuration sees it', () => {
  const rows = [
    es('retiring', { from: -hour, until: -1, last: 300 }),
    es('active', { from: -1, until: 5 }),
    es('next', { from: 5 }),
    es('next', {}),
    ed('retiring', { from: -5, last: 300 }),
    ed('retiring', {}),
  ]
  for (const row of rows) expect(stateOf(row, rows, now, 'ES256')).toBe(row.kid)
})
