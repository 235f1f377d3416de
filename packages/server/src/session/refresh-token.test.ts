import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { newId } from '../ids.ts'
import { createKeyring } from '../sealing/index.ts'
import { createRefreshTokens } from './refresh-token.ts'

const tokens = createRefreshTokens(createKeyring([randomBytes(32)]).mac('refresh-token'))
const id = newId('ses')

it('A32 a generation has one token, read by whoever has the secret', () => {
  expect(tokens.of(id, 7)).toBe(tokens.of(id, 7))
  expect(tokens.read(tokens.of(id, 7))).toEqual({ sessionId: id, counter: 7 })
  const other = createRefreshTokens(createKeyring([randomBytes(32)]).mac('refresh-token'))
  expect(other.read(tokens.of(id, 7))).toBeUndefined()
})

it('X14 A32 reads no other spelling and no changed part', () => {
  const token = tokens.of(id, 7)
  const [version, session, counter, mac] = token.split('.')
  const wrong = [
    `${token}1`,
    `${token}=`,
    ` ${token}`,
    `${version}.${session}.07.${mac}`,
    `${version}.${session}.8.${mac}`,
    `2.${session}.${counter}.${mac}`,
    `${version}.${newId('ses')}.${counter}.${mac}`,
    `${version}.${session}.${counter}`,
    '',
  ]
  for (const spelling of wrong) expect(tokens.read(spelling), spelling).toBeUndefined()
})
