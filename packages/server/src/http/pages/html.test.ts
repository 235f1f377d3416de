import { describe, expect, it } from 'vitest'
import { html, toText, verbatim } from './html.ts'

describe('html', () => {
  it('escapes what is interpolated, in text and in quoted attributes', () => {
    const hostile = `<script>alert("1")</script>&'`
    const page = toText(html`<p title="${hostile}">${hostile}</p>`)
    const escaped = '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;'
    expect(page).toBe(`<p title="${escaped}">${escaped}</p>`)
  })

  it('takes its own output, lists of it and constants as they are', () => {
    const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`)
    expect(toText(html`<ul>${items}</ul>${verbatim('<hr>')}`)).toBe(
      '<ul><li>a</li><li>&lt;b&gt;</li></ul><hr>',
    )
  })

  it('writes nothing for undefined, and numbers as they are', () => {
    expect(toText(html`${undefined}${0}`)).toBe('0')
  })
})
