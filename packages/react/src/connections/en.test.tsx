import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { en } from './en.ts'

const name = <bdi key="name">X</bdi>
const other = <bdi key="other">Y</bdi>

test('every sentence with a name holds it as it came, so that it keeps its own direction of writing', () => {
  const sentences = [
    en.connect(name),
    en.connectAnother(name),
    en.connectedSince(name),
    en.limited(name),
    en.expiring(name),
    en.confirm(name),
    en.disconnected(name, true),
    en.disconnected(name, false),
    en.disconnected(name, 'unsupported'),
    en.isItYours(name, other),
    en.isItYours(other, name),
  ]
  for (const sentence of sentences) expect(renderToStaticMarkup(<p>{sentence}</p>)).toContain('<bdi>X</bdi>')
})

test('reasons and errors say what happened and what to do next, in whole sentences, and never cry out', () => {
  for (const reason of ['revoked', 'lost_response', 'token_refused', 'expired'])
    expect(en.reasons).toHaveProperty(reason)
  for (const text of [...Object.values(en.reasons), ...Object.values(en.errors)])
    expect(text).toMatch(/^[A-Z][^!]*\. [A-Z][^!]*\.$/)
})
