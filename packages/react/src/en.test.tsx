import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { en } from './en.ts'

const name = <bdi key="name">X</bdi>

test('every sentence with a name holds it as it came, so that it keeps its own direction of writing', () => {
  const sentences = [
    en.signInWith,
    en.leaving,
    en.lastUsed,
    en.signedOut,
    en.linkWith,
    en.linkedSince,
    en.unlinked,
  ]
  for (const sentence of sentences)
    expect(renderToStaticMarkup(<p>{sentence(name)}</p>)).toMatch(/<bdi>X<\/bdi>/)
})

test('errors say what to do next, in whole sentences, and never cry out', () => {
  const errors = Object.entries(en).filter(([key]) =>
    /^[a-z]+([_-][a-z]+)+$|^(retry|redirect|reload|link)$/.test(key),
  )
  expect(errors.length).toBeGreaterThan(10)
  for (const [, text] of errors) {
    expect(text).toMatch(/^[A-Z][^!]*\. [A-Z][^!]*\.$/)
  }
})

test('support gets the code, and the request’s id if there is one', () => {
  expect(en.quote('access_denied', 'req-1')).toBe('Error access_denied, request req-1')
  expect(en.quote('access_denied', undefined)).toBe('Error access_denied')
})
