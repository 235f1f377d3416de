import { expect, it } from 'vitest'
import type { Connection } from '../contract.ts'
import { prepareRacing } from './racing.ts'
import { createUser, idsOf, now, processes, racers, type Subject, times, uniqueId } from './subject.ts'
import { countsOf, idsAnswered, valuesOf } from './tally.ts'
import {
  bareConnection,
  bareMessage,
  bareQuarantined,
  createConnection,
  leaseMs,
  quarantinedOf,
  renewed,
} from './vault-subject.ts'
import type { Call } from './volley.ts'

const slow = { timeout: 60_000 }

export function vaultRaceConformance(subject: Subject): void {
  const { race, raceApart } = prepareRacing(subject)
  const createConnections = async (count: number): Promise<Connection[]> => {
    const { id: userId } = await createUser(subject.storage)
    return Promise.all(times(count, () => createConnection(subject.storage, { userId })))
  }
  const find = (id: string) => subject.storage.connections.find(id)
  const idsInQuarantine = async () =>
    new Set(idsOf(await subject.storage.quarantine.listSealedOtherwise('no key', 100_000)))
  const takeLease = (id: string, version: number, from: number): Call => ({
    lease: [id, { version, now: from, until: from + leaseMs }],
  })

  it(`V14: of ${racers} callers in ${processes} processes one gets each lease`, slow, async () => {
    const made = await createConnections(50)
    const acknowledged = await race(made.map(({ id }) => takeLease(id, 1, now)))
    expect(idsAnswered(acknowledged).toSorted()).toEqual(idsOf(made).toSorted())
    const found = await Promise.all(made.map(({ id }) => find(id)))
    expect(found.map((connection) => connection?.renewal.fence)).toEqual(made.map(() => 1))
  })

  it(`V14: ${racers} callers in ${processes} processes write each renewal once`, slow, async () => {
    const [connection] = await createConnections(1)
    const id = connection?.id ?? ''
    const renewals = 40
    const renew = (version: number): Call[] => [
      takeLease(id, version, now),
      { settle: [id, version, renewed(version)] },
    ]
    const acknowledged = await race(times(renewals, (index) => renew(index + 1)).flat())
    expect(idsAnswered(acknowledged)).toHaveLength(renewals)
    expect(countsOf(acknowledged, true).filter((_, call) => call % 2 === 1)).toEqual(times(renewals, () => 1))
    const renewal = { fence: renewals, failures: 0 }
    expect(await find(id)).toMatchObject({ version: renewals + 1, renewal })
  })

  it('V10, V14: a late outcome, a takeover, a new seal and a removal never lose tokens', slow, async () => {
    const made = await createConnections(150)
    for (const { id } of made) {
      await subject.storage.connections.lease(id, { version: 1, now, until: now + leaseMs })
    }
    const removed = made.map(quarantinedOf)
    const late = now + leaseMs
    const acknowledged = await raceApart((process) =>
      made.map(({ id }, index): Call => {
        if (process === 0) return { settle: [id, 1, renewed(1)] }
        if (process === 1) return takeLease(id, 1, late)
        if (process === 2) return { reseal: [id, 1, { sealed: 'sealed anew', keyId: 'key-2' }, late] }
        return { removeConnection: [id, 1, removed[index] ?? bareQuarantined('nobody')] }
      }),
    )
    const written = countsOf(acknowledged, true)
    const inQuarantine = await idsInQuarantine()
    for (const [index, { id }] of made.entries()) {
      const found = await find(id)
      const isRemoved = inQuarantine.has(removed[index]?.id ?? '')
      expect(found === undefined).toBe(isRemoved)
      // From one version one goes on: whoever writes, seals anew or removes.
      expect(written[index]).toBe(found && found.version === 1 ? 0 : 1)
      if (found?.version === 2) expect(['renewed', 'sealed anew']).toContain(found.sealed)
    }
  })

  it(
    `V02: of ${racers} callers in ${processes} processes one takes tokens out of quarantine`,
    slow,
    async () => {
      const { id: userId } = await createUser(subject.storage)
      const entries = times(50, () => bareQuarantined(userId))
      for (const entry of entries) await subject.storage.quarantine.put(entry)
      const acknowledged = await raceApart(() =>
        entries.map(({ id, subject: account }): Call => {
          return { connect: [id, now, { ...bareConnection(userId), subject: account }] }
        }),
      )
      expect(countsOf(acknowledged, 'done')).toEqual(entries.map(() => 1))
      expect(countsOf(acknowledged, 'gone')).toEqual(entries.map(() => processes - 1))
      expect(await subject.storage.connections.list({ userId })).toHaveLength(entries.length)
    },
  )

  it(`V09: an account that ${processes} processes connect at once has one connection`, slow, async () => {
    const { id: userId } = await createUser(subject.storage)
    const accounts = times(50, uniqueId)
    const entries = times(processes, () =>
      accounts.map((account) => ({ ...bareQuarantined(userId), subject: account })),
    )
    await Promise.all(entries.flat().map((entry) => subject.storage.quarantine.put(entry)))
    const acknowledged = await raceApart((process) =>
      accounts.map((account, index): Call => {
        const entry = entries[process]?.[index]?.id ?? ''
        return { connect: [entry, now, { ...bareConnection(userId), subject: account }] }
      }),
    )
    expect(countsOf(acknowledged, 'done')).toEqual(accounts.map(() => 1))
    expect(countsOf(acknowledged, 'conflict')).toEqual(accounts.map(() => processes - 1))
    const connected = await subject.storage.connections.list({ userId })
    expect(connected.map((connection) => connection.subject).toSorted()).toEqual(accounts.toSorted())
    const inQuarantine = await idsInQuarantine()
    const left = entries.flat().filter(({ id }) => inQuarantine.has(id))
    expect(left).toHaveLength(accounts.length * (processes - 1))
  })

  it('V09: of reconnections at once one replaces each version', slow, async () => {
    const made = await createConnections(50)
    const entries = times(processes, () => made.map(quarantinedOf))
    await Promise.all(entries.flat().map((entry) => subject.storage.quarantine.put(entry)))
    const acknowledged = await raceApart((process) =>
      made.map((connection, index): Call => {
        return { reconnect: [entries[process]?.[index]?.id ?? '', now, connection.id, 1, connection] }
      }),
    )
    expect(countsOf(acknowledged, 'done')).toEqual(made.map(() => 1))
    expect(countsOf(acknowledged, 'conflict')).toEqual(made.map(() => processes - 1))
    const found = await Promise.all(made.map(({ id }) => find(id)))
    expect(found.map((connection) => connection?.version)).toEqual(made.map(() => 2))
  })

  it('V02, V10: tokens are connected or claimed for revocation, never both', slow, async () => {
    const { id: userId } = await createUser(subject.storage)
    const entries = times(150, () => bareQuarantined(userId))
    await Promise.all(entries.map((entry) => subject.storage.quarantine.put(entry)))
    const acknowledged = await raceApart((process) =>
      entries.map(({ id, subject: account }): Call => {
        if (process === 0) return { claim: [id, now + leaseMs] }
        return { connect: [id, now, { ...bareConnection(userId), subject: account }] }
      }),
    )
    const connected = await subject.storage.connections.list({ userId }, { limit: 1000 })
    expect(countsOf(acknowledged, 'done').filter((count) => count === 1)).toHaveLength(connected.length)
    const claimed = new Set(idsAnswered(acknowledged))
    const accounts = new Set(connected.map((connection) => connection.subject))
    for (const entry of entries) expect(accounts.has(entry.subject)).toBe(!claimed.has(entry.id))
  })

  it('V10: a user with a connection is not erased, one who is erased gets none', slow, async () => {
    const users = await Promise.all(times(100, () => createUser(subject.storage)))
    const entries = times(processes, () => users.map(({ id }) => bareQuarantined(id)))
    await Promise.all(entries.flat().map((entry) => subject.storage.quarantine.put(entry)))
    const acknowledged = await raceApart((process) =>
      users.map(({ id }, index): Call => {
        const entry = entries[process]?.[index]
        if (process === 0 || !entry) return { erase: [id, now] }
        return { connect: [entry.id, now, { ...bareConnection(id), subject: entry.subject }] }
      }),
    )
    const answers = valuesOf(acknowledged)
    const refused = answers.filter((answer) => answer === 'refused').length
    const done = answers.filter((answer) => answer === 'done').length
    expect(done + refused).toBe(users.length * (processes - 1))
    for (const { id } of users) {
      const exists = (await subject.storage.users.find(id)) !== undefined
      const connections = await subject.storage.connections.list({ userId: id })
      // Their tokens would be lost, and live on at the provider.
      expect(connections.length > 0).toBe(exists)
    }
    await subject.inspect()
  })

  it(
    `V10: of ${racers} callers in ${processes} processes one claims each entry and each message`,
    slow,
    async () => {
      const due = -1_000_000
      const entries = times(300, () => ({ ...bareQuarantined(uniqueId()), dueAt: due }))
      await Promise.all(entries.map((entry) => subject.storage.quarantine.put(entry)))
      const messages = times(300, () => ({ ...bareMessage(), dueAt: due }))
      await subject.storage.outbox.add(messages)
      const calls = times(10, (): Call[] => [{ claimDue: [due, now, 3] }, { claimMessages: [due, now, 3] }])
      const acknowledged = await race(calls.flat())
      const ids = [...idsOf(entries), ...idsOf(messages)]
      expect(idsAnswered(acknowledged).toSorted()).toEqual(ids.toSorted())
    },
  )
}
