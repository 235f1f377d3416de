import { describe, expect, it } from 'vitest'
import { createKeyring } from '../sealing/index.ts'
import { createBrowserBindings } from './browser-binding.ts'

const keyring = createKeyring([new Uint8Array(32).fill(7)])
const bindings = createBrowserBindings(keyring.sealer('browser-binding'))
const now = 1_800_000_000_000

describe('a browser binding', () => {
  it('R03 tells when it was made, for its own journey only', () => {
    const sealed = bindings.seal('one', now)
    expect(bindings.open(sealed, 'one', now)).toBe(now)
    expect(bindings.open(sealed, 'two', now)).toBeUndefined()
    expect(bindings.open('', 'one', now)).toBeUndefined()
    expect(bindings.open('AAAA', 'one', now)).toBeUndefined()
  })

  it('lives ten minutes, to the millisecond, and bears a clock that is a minute ahead', () => {
    const sealed = bindings.seal('one', now)
    expect(bindings.open(sealed, 'one', now + 599_999)).toBe(now)
    expect(bindings.open(sealed, 'one', now + 600_000)).toBeUndefined()
    expect(bindings.open(sealed, 'one', now - 60_000)).toBe(now)
    expect(bindings.open(sealed, 'one', now - 60_001)).toBeUndefined()
  })

  it('48 is nothing of another purpose', () => {
    expect(bindings.open(keyring.sealer('journey').seal(Buffer.from(String(now)), 'one'), 'one', now)).toBe(
      undefined,
    )
  })
})
