import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ProviderMark } from './index.ts'

test('a logo has no words of its own, and tells nobody where it stands', () => {
  const provider = { name: 'Acme', logo: 'https://cdn.example.com/acme.svg' }
  expect(renderToStaticMarkup(<ProviderMark className="mark" provider={provider} />)).toContain(
    '<img class="mark" src="https://cdn.example.com/acme.svg" alt="" referrerPolicy="no-referrer"/>',
  )
})

test.each([
  ['acme', 'A'],
  ['  émile', 'É'],
  ['𝒳 social', '𝒳'],
  ['42', '4'],
  ['', '?'],
])('without one, %j is %j, which nobody hears', (name, letter) => {
  expect(renderToStaticMarkup(<ProviderMark provider={{ name }} />)).toBe(
    `<span aria-hidden="true">${letter}</span>`,
  )
})
