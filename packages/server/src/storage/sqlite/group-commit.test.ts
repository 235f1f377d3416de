import { describe, expect, it } from 'vitest'
import { StorageError } from '../contract.ts'
import { createGroupCommit, type GroupCommitPolicy, type WriteTransaction } from './group-commit.ts'

class Busy extends Error {}
class OwnFault extends Error {}
class Fatal extends Error {}

/** A connection that notes what is done to it, and fails where it is told to. */
function setUp(
  change: { transaction?: Partial<WriteTransaction>; policy?: Partial<GroupCommitPolicy> } = {},
) {
  const log: string[] = []
  const note = (what: string) => () => void log.push(what)
  const transaction: WriteTransaction = {
    begin: note('begin'),
    commit: note('commit'),
    rollback: note('rollback'),
    ...change.transaction,
  }
  const writes = createGroupCommit(transaction, {
    isBusy: (error) => error instanceof Busy,
    isOwnFault: (error) => error instanceof OwnFault,
    toStorageError: (error) =>
      error instanceof StorageError
        ? error
        : new StorageError(error instanceof OwnFault ? 'duplicate' : 'unavailable', 'failed', {
            cause: error,
          }),
    pause: async () => void log.push('pause'),
    attempts: 3,
    batch: 4,
    queue: 8,
    ...change.policy,
  })
  const submit = (name: string) =>
    writes.submit(() => {
      log.push(name)
      return name
    })
  const fail = (error: Error) =>
    writes.submit(() => {
      throw error
    })
  return { log, writes, submit, fail }
}

const everybodyRefused = (count: number) =>
  Array.from({ length: count }, () => ({ reason: { name: 'StorageError', code: 'unavailable' } }))
const turn = () => new Promise((resolve) => setImmediate(resolve))
const throwing = (error: Error) => () => {
  throw error
}

describe('group commit', () => {
  it('gathers the operations of one turn in one commit, in order', async () => {
    const { log, submit } = setUp()
    expect(await Promise.all([submit('a'), submit('b'), submit('c')])).toEqual(['a', 'b', 'c'])
    expect(log).toEqual(['begin', 'a', 'b', 'c', 'commit'])
  })

  it('answers nobody before the commit', async () => {
    const answered: string[] = []
    const { submit } = setUp({ transaction: { commit: () => expect(answered).toEqual([]) } })
    await Promise.all(['a', 'b'].map(async (name) => answered.push(await submit(name))))
    expect(answered).toEqual(['a', 'b'])
  })

  it('commits at most a batch in one turn, then goes on', async () => {
    const { log, submit } = setUp({ policy: { batch: 2 } })
    await Promise.all(['a', 'b', 'c'].map(submit))
    expect(log).toEqual(['begin', 'a', 'b', 'commit', 'begin', 'c', 'commit'])
  })

  it("an operation's own fault fails it alone", async () => {
    const { log, submit, fail } = setUp()
    const results = await Promise.allSettled([submit('a'), fail(new OwnFault()), submit('b')])
    expect(results).toMatchObject([{ value: 'a' }, { reason: { code: 'duplicate' } }, { value: 'b' }])
    expect(log).toEqual(['begin', 'a', 'b', 'commit'])
  })

  it('any other fault takes the transaction with it: everybody in it fails, the next one succeeds', async () => {
    const { log, submit, fail } = setUp()
    const results = await Promise.allSettled([submit('a'), fail(new Fatal()), submit('b')])
    expect(results).toMatchObject(everybodyRefused(3))
    expect(log).toEqual(['begin', 'a', 'rollback'])
    expect(await submit('c')).toBe('c')
  })

  it('a commit that fails fails everybody, even whose own fault was answered', async () => {
    const { log, submit, fail } = setUp({ transaction: { commit: throwing(new Fatal()) } })
    const results = await Promise.allSettled([submit('a'), fail(new OwnFault()), submit('b')])
    expect(results).toMatchObject(everybodyRefused(3))
    expect(log).toEqual(['begin', 'a', 'b', 'rollback'])
  })

  it('waits while another connection writes, and takes along who comes meanwhile', async () => {
    let busy = 2
    const { log, submit } = setUp({
      transaction: {
        begin() {
          log.push('begin')
          if (busy-- > 0) throw new Busy()
        },
      },
    })
    const first = submit('a')
    await turn()
    expect(await Promise.all([first, submit('b')])).toEqual(['a', 'b'])
    expect(log).toEqual(['begin', 'pause', 'begin', 'pause', 'begin', 'a', 'b', 'commit'])
  })

  it('gives up after so many tries, and starts afresh with the next operation', async () => {
    let busy = 3
    const { log, submit } = setUp({
      transaction: {
        begin() {
          if (busy-- > 0) throw new Busy()
        },
      },
    })
    const results = await Promise.allSettled([submit('a'), submit('b')])
    expect(results).toMatchObject(everybodyRefused(2))
    expect(log).toEqual(['pause', 'pause'])
    busy = 2
    expect(await submit('c')).toBe('c')
  })

  it('does not try again what cannot begin for another reason', async () => {
    const { log, submit } = setUp({ transaction: { begin: throwing(new Fatal()) } })
    await expect(submit('a')).rejects.toMatchObject({ code: 'unavailable' })
    expect(log).toEqual([])
  })

  it('X04: refuses at once when too many wait', async () => {
    const { submit } = setUp({ policy: { queue: 2 } })
    const results = await Promise.allSettled([submit('a'), submit('b'), submit('c')])
    expect(results).toMatchObject([{ value: 'a' }, { value: 'b' }, { reason: { code: 'unavailable' } }])
    expect(await submit('d')).toBe('d')
  })

  it('close lets everybody finish who was there, and nobody else', async () => {
    const { log, writes, submit } = setUp({ policy: { batch: 1 } })
    const there = [submit('a'), submit('b')]
    const closed = writes.close().then(() => log.push('closed'))
    await expect(submit('c')).rejects.toMatchObject({ code: 'unavailable' })
    expect(await Promise.all(there)).toEqual(['a', 'b'])
    await closed
    expect(log.at(-1)).toBe('closed')
    expect(log).not.toContain('c')
  })

  it('close with nothing to do is done', async () => {
    expect(await setUp().writes.close()).toBeUndefined()
  })
})
