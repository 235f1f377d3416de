import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { createKeyring } from '../sealing/index.ts'
import { createDpopNonces } from './dpop-nonce.ts'

const keyring = createKeyring([randomBytes(32)])
const at = (now: () => number) => createDpopNonces(keyring.mac('dpop-nonce'), { now })

it('A42 a nonce lives two to four minutes, in every process with the secret', () => {
  let now = 1_800_000_000_000 - (1_800_000_000_000 % 120_000)
  const nonces = at(() => now)
  const nonce = nonces.current()
  expect(at(() => now).isFresh(nonce)).toBe(true)
  now += 239_999
  expect(nonces.isFresh(nonce)).toBe(true)
  expect(nonces.current()).not.toBe(nonce)
  now += 1
  expect(nonces.isFresh(nonce)).toBe(false)
})

it('A42 takes none of anybody else’s making', () => {
  const nonces = at(() => 1_800_000_000_000)
  const nonce = nonces.current()
  expect(
    createDpopNonces(createKeyring([randomBytes(32)]).mac('dpop-nonce'), {
      now: () => 1_800_000_000_000,
    }).isFresh(nonce),
  ).toBe(false)
  for (const wrong of [undefined, '', `${nonce}=`, `${nonce}1`, nonce.slice(1)])
    expect(nonces.isFresh(wrong)).toBe(false)
})

it('A42 takes those of processes in which another secret comes first', () => {
  const [old, fresh] = [randomBytes(32), randomBytes(32)]
  const clock = { now: () => 1_800_000_000_000 }
  const of = (...secrets: Buffer[]) => createDpopNonces(createKeyring(secrets).mac('dpop-nonce'), clock)
  expect(of(fresh, old).isFresh(of(old, fresh).current())).toBe(true)
  expect(of(fresh, old).isFresh(of(old).current())).toBe(true)
  expect(of(fresh).isFresh(of(old).current())).toBe(false)
})
