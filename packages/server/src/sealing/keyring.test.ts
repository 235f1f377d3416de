import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64url, toBase64url } from './base64url.ts'
import { createKeyring } from './keyring.ts'

const old = randomBytes(32)
const current = randomBytes(32)

describe('sealer', () => {
  const sealer = createKeyring([current]).sealer('journey')

  it('opens what it sealed, for the same place only', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.string(), (plaintext, aad) => {
        const sealed = sealer.seal(plaintext, aad)
        expect(sealer.open(sealed, aad)).toEqual(Buffer.from(plaintext))
        expect(sealer.open(sealed, `${aad}x`)).toBeUndefined()
      }),
    )
  })

  it('never seals the same text alike', () => {
    const text = Buffer.from('same')
    expect(sealer.seal(text, '')).not.toBe(sealer.seal(text, ''))
  })

  it('X14 refuses every other spelling and every changed byte', () => {
    const sealed = sealer.seal(Buffer.from('text'), 'a')
    for (const other of [`${sealed}=`, `${sealed}1`, ` ${sealed}`, sealed.slice(0, -1), '', 'AQ']) {
      expect(sealer.open(other, 'a')).toBeUndefined()
    }
    const bytes = Buffer.from(sealed, 'base64url')
    for (let index = 0; index < bytes.length; index++) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index)
      expect(sealer.open(toBase64url(changed), 'a'), `byte ${index}`).toBeUndefined()
    }
  })

  it('48 keeps purposes apart', () => {
    const sealed = sealer.seal(Buffer.from('text'), 'a')
    expect(createKeyring([current]).sealer('chooser').open(sealed, 'a')).toBeUndefined()
  })

  it('opens with every listed secret and seals with the first', () => {
    const before = createKeyring([old]).sealer('journey').seal(Buffer.from('x'), '')
    const both = createKeyring([current, old]).sealer('journey')
    expect(both.open(before, '')?.toString()).toBe('x')
    expect(sealer.open(both.seal(Buffer.from('y'), ''), '')?.toString()).toBe('y')
    expect(sealer.open(before, '')).toBeUndefined()
    expect([before, both.seal(Buffer.from('y'), '')].map(both.isCurrent)).toEqual([false, true])
  })

  it('V11 tells which secret sealed what, the unknown ones too', () => {
    const both = createKeyring([current, old]).sealer('vault')
    const before = createKeyring([old]).sealer('vault')
    const sealed = before.seal(Buffer.from('x'), '')
    expect(both.keyIdOf(sealed)).toBe(before.keyId)
    expect(both.keyIdOf(both.seal(Buffer.from('x'), ''))).toBe(both.keyId)
    expect([both.keyId, before.keyId].map(both.knows)).toEqual([true, true])
    const alone = createKeyring([current]).sealer('vault')
    expect(alone.knows(before.keyId)).toBe(false)
    expect(alone.keyIdOf(sealed)).toBe(before.keyId)
    expect(createKeyring([current]).sealer('journey').knows(alone.keyId)).toBe(false)
    for (const other of ['', 'AQ', `${sealed}=`, `B${sealed.slice(1)}`]) {
      expect(both.keyIdOf(other)).toBeUndefined()
    }
  })
})

describe('mac', () => {
  it('verifies under every listed secret, signs with the first', () => {
    const mac = createKeyring([current, old]).mac('refresh-token')
    const before = createKeyring([old]).mac('refresh-token').sign('data')
    expect(mac.verify('data', before)).toBe(true)
    expect(mac.verify('data', mac.sign('data'))).toBe(true)
    expect(mac.verify('date', mac.sign('data'))).toBe(false)
    expect(mac.verify('data', mac.sign('data').subarray(1))).toBe(false)
    expect(mac.verify('data', mac.sign('data').subarray(0, 18))).toBe(false)
    expect(mac.verify('data', mac.sign('data').subarray(0, 18), 18)).toBe(true)
    expect(mac.verify('data', mac.sign('data'), 18)).toBe(false)
    expect(createKeyring([current]).mac('dpop-nonce').verify('data', mac.sign('data'))).toBe(false)
  })
})

describe('base64url', () => {
  it('X14 reads the canonical spelling only', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        const text = toBase64url(bytes)
        expect(fromBase64url(text)).toEqual(Buffer.from(bytes))
        expect(fromBase64url(`${text}=`)).toBeUndefined()
      }),
    )
    expect(fromBase64url('AB')).toBeUndefined()
    expect(fromBase64url('+/')).toBeUndefined()
  })
})
