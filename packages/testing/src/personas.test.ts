import { expect, test } from 'vitest'
import { claimsFor, createPersonas, displayName, type Persona } from './personas.ts'

const custom: Persona = {
  id: 'custom',
  subject: 's',
  shows: 'x',
  claims: {
    name: 'N',
    email: 'e@example.com',
    email_verified: 'true',
    phone_number: '1',
    address: {},
    hd: 'corp.example',
  },
}

test('the default personas are there, subjects and ids distinct', () => {
  const { list } = createPersonas()
  expect(list.map(({ id }) => id)).toEqual(['user', 'admin', 'no-email', 'unverified-email', 'denies'])
  expect(new Set(list.map(({ subject }) => subject)).size).toBe(5)
  expect(new Set(list.map(({ account_id }) => account_id)).size).toBe(5)
})

test('given personas follow; one with the id of a default persona takes its place', () => {
  const { list, find } = createPersonas([custom, { ...custom, id: 'admin' }])
  expect(list.map(({ id }) => id)).toEqual([
    'user',
    'admin',
    'no-email',
    'unverified-email',
    'denies',
    'custom',
  ])
  expect(find('admin')?.subject).toBe('s')
  expect(find(undefined)).toBeUndefined()
})

test('scopes let claims through; claims of no scope are always there, wrong types included', () => {
  expect(claimsFor(custom, [])).toEqual({ hd: 'corp.example' })
  expect(claimsFor(custom, ['profile'])).toEqual({ name: 'N', hd: 'corp.example' })
  expect(claimsFor(custom, ['email'])).toEqual({
    email: 'e@example.com',
    email_verified: 'true',
    hd: 'corp.example',
  })
  expect(claimsFor(custom, ['phone', 'address'])).toEqual({
    phone_number: '1',
    address: {},
    hd: 'corp.example',
  })
})

test('a persona without a name is called by its id', () => {
  expect(displayName({ ...custom, claims: {} })).toBe('custom')
})
