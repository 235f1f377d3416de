import { describe, expect, it } from 'vitest'
import type { OneTimeKind } from '../contract.ts'
import { now, racers, type Subject, second, times, uniqueId } from './subject.ts'

const rows: Record<OneTimeKind, string> = {
  code: 'A11',
  journey: 'R01',
  request_uri: 'A23',
  assertion: 'A26',
  logout_token: 'R13',
  invite: 'R33',
}
const kinds: OneTimeKind[] = ['code', 'journey', 'request_uri', 'assertion', 'logout_token', 'invite']

export function oneTimeConformance(subject: Subject): void {
  const issue = async (kind: OneTimeKind, value = 'value', expiresAt = now + 60 * second) => {
    const thing = { kind, key: uniqueId() }
    await subject.storage.oneTime.issue({ ...thing, value, expiresAt })
    return thing
  }
  const consume = (thing: { kind: OneTimeKind; key: string }, at = now) =>
    subject.storage.oneTime.consumeOnce(thing, at)

  describe.each(kinds)('%s', (kind) => {
    it(`${rows[kind]}, 29: what was issued is consumed once, then replayed, with its value`, async () => {
      const thing = await issue(kind, 'the value')
      expect(await consume(thing)).toEqual({ outcome: 'consumed', value: 'the value' })
      expect(await consume(thing)).toEqual({ outcome: 'replayed', value: 'the value' })
      expect(await consume(thing)).toEqual({ outcome: 'replayed', value: 'the value' })
    })

    it(`${rows[kind]}, 45: first sight of what was never issued is its use`, async () => {
      const thing = { kind, key: uniqueId() }
      const sight = () => subject.storage.oneTime.consumeOnce(thing, now, { expiresAt: now + second })
      expect(await sight()).toEqual({ outcome: 'consumed', value: '' })
      expect(await sight()).toEqual({ outcome: 'replayed', value: '' })
    })
  })

  it('A11: what was never issued is absent, and asking leaves no trace', async () => {
    const thing = { kind: 'code' as const, key: uniqueId() }
    expect(await consume(thing)).toEqual({ outcome: 'absent' })
    await subject.storage.oneTime.issue({ ...thing, value: 'v', expiresAt: now + second })
    expect(await consume(thing)).toMatchObject({ outcome: 'consumed' })
  })

  it('A11: kinds do not share keys', async () => {
    const { key } = await issue('code', 'of the code')
    expect(await consume({ kind: 'journey', key })).toEqual({ outcome: 'absent' })
    await subject.storage.oneTime.issue({ kind: 'journey', key, value: 'of the journey', expiresAt: now + 1 })
    expect(await consume({ kind: 'journey', key })).toEqual({ outcome: 'consumed', value: 'of the journey' })
    expect(await consume({ kind: 'code', key })).toEqual({ outcome: 'consumed', value: 'of the code' })
  })

  it('A11: a key is issued once', async () => {
    const thing = await issue('code', 'first')
    const again = subject.storage.oneTime.issue({ ...thing, value: 'second', expiresAt: now + second })
    await expect(again).rejects.toMatchObject({ name: 'StorageError', code: 'duplicate' })
    expect(await consume(thing)).toEqual({ outcome: 'consumed', value: 'first' })
  })

  it('A11: a consumed key cannot be issued again', async () => {
    const thing = await issue('code')
    await consume(thing)
    const again = subject.storage.oneTime.issue({ ...thing, value: 'v', expiresAt: now + second })
    await expect(again).rejects.toMatchObject({ code: 'duplicate' })
    expect(await consume(thing)).toMatchObject({ outcome: 'replayed' })
  })

  it('A10: it lives until the millisecond before it expires', async () => {
    const late = await issue('code', 'v', now)
    expect(await consume(late, now - 1)).toMatchObject({ outcome: 'consumed' })
    expect(await consume(late, now - 1)).toMatchObject({ outcome: 'replayed' })
    expect(await consume(late, now)).toEqual({ outcome: 'absent' })
    const over = await issue('code', 'v', now)
    expect(await consume(over, now)).toEqual({ outcome: 'absent' })
    expect(await consume(over, now + 1)).toEqual({ outcome: 'absent' })
  })

  it('A26: what was never issued is remembered until it expires, and not longer', async () => {
    const thing = { kind: 'assertion' as const, key: uniqueId() }
    const sight = (at: number, expiresAt: number) =>
      subject.storage.oneTime.consumeOnce(thing, at, { expiresAt })
    expect(await sight(now, now + 10)).toMatchObject({ outcome: 'consumed' })
    expect(await sight(now + 9, now + 60)).toMatchObject({ outcome: 'replayed' })
    expect(await sight(now + 10, now + 60)).toMatchObject({ outcome: 'consumed' })
    expect(await sight(now + 11, now + 60)).toMatchObject({ outcome: 'replayed' })
  })

  it('A26: what is over at first sight is not used', async () => {
    const thing = { kind: 'assertion' as const, key: uniqueId() }
    const sight = (expiresAt: number) => subject.storage.oneTime.consumeOnce(thing, now, { expiresAt })
    expect(await sight(now)).toEqual({ outcome: 'absent' })
    expect(await sight(now - 1)).toEqual({ outcome: 'absent' })
    expect(await sight(now + 1)).toMatchObject({ outcome: 'consumed' })
  })

  it('A11: what was issued is not taken for something seen for the first time', async () => {
    const thing = await issue('code', 'v')
    const sight = await subject.storage.oneTime.consumeOnce(thing, now, { expiresAt: now + second })
    expect(sight).toEqual({ outcome: 'absent' })
    expect(await consume(thing)).toEqual({ outcome: 'consumed', value: 'v' })
  })

  it('values come back as they went in', async () => {
    const values = [
      '',
      ' ',
      "it's; drop table one_time --",
      '日本語 🗝️',
      'x'.repeat(100_000),
      'line\nbreak\ttab',
    ]
    for (const value of values) {
      expect(await consume(await issue('code', value))).toEqual({ outcome: 'consumed', value })
    }
  })

  it(`A11, 29: of ${racers} callers at once one consumes`, async () => {
    const thing = await issue('code', 'prize')
    const outcomes = await Promise.all(times(racers, () => consume(thing)))
    expect(outcomes.filter(({ outcome }) => outcome === 'consumed')).toEqual([
      { outcome: 'consumed', value: 'prize' },
    ])
    expect(outcomes.filter(({ outcome }) => outcome === 'replayed')).toHaveLength(racers - 1)
  })

  it(`A26, 45: of ${racers} callers at once one sees a thing first`, async () => {
    const thing = { kind: 'assertion' as const, key: uniqueId() }
    const outcomes = await Promise.all(
      times(racers, () => subject.storage.oneTime.consumeOnce(thing, now, { expiresAt: now + second })),
    )
    expect(outcomes.filter(({ outcome }) => outcome === 'consumed')).toHaveLength(1)
    expect(outcomes.filter(({ outcome }) => outcome === 'replayed')).toHaveLength(racers - 1)
  })

  it(`A11: of ${racers} that issue one key at once one succeeds, the others fail alone`, async () => {
    const key = uniqueId()
    const issued = await Promise.allSettled(
      times(racers, (index) =>
        subject.storage.oneTime.issue({ kind: 'code', key, value: `${index}`, expiresAt: now + second }),
      ),
    )
    const winner = issued.findIndex(({ status }) => status === 'fulfilled')
    const refused = issued.filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(racers - 1)
    for (const refusal of refused) expect(refusal).toMatchObject({ reason: { code: 'duplicate' } })
    expect(await consume({ kind: 'code', key })).toEqual({ outcome: 'consumed', value: `${winner}` })
  })
}
