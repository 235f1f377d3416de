import { describe, expect, it } from 'vitest'
import { readForm } from './form.ts'

const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
const streamed = (chunks: (string | Error)[]): Request => {
  const body = new ReadableStream({
    pull(controller) {
      const chunk = chunks.shift()
      if (chunk === undefined) controller.close()
      else if (chunk instanceof Error) controller.error(chunk)
      else controller.enqueue(new TextEncoder().encode(chunk))
    },
  })
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers: type, body, duplex: 'half' }
  return new Request('http://x', init)
}
const sized = (body: string, length = body.length): Request =>
  new Request('http://x', { method: 'POST', headers: { ...type, 'Content-Length': String(length) }, body })

describe('readForm', () => {
  it('reads a body with a length, and one in chunks', async () => {
    expect((await readForm(sized('a=1&b=2'))).get('b')).toBe('2')
    expect((await readForm(streamed(['a=', '%C3', '%BC']))).get('a')).toBe('ü')
  })

  it.each([
    ['a length beyond 32 kB', () => sized('a', 32_769), 413],
    ['chunks beyond 32 kB', () => streamed(Array<string>(9).fill('a'.repeat(4_096))), 413],
    ['X13 a sender that hung up', () => streamed(['a=', new Error('aborted')]), 400],
    [
      'JSON',
      () =>
        new Request('http://x', {
          method: 'POST',
          body: '{}',
          headers: { 'Content-Type': 'application/json' },
        }),
      400,
    ],
  ])('refuses %s', async (_, make, status) => {
    await expect(readForm(make())).rejects.toMatchObject({ code: 'invalid_request', status })
  })

  it('takes a body that somebody else has read for a mistake of the backend, not of the sender', async () => {
    const request = sized('a=1')
    await request.text()
    await expect(readForm(request)).rejects.toThrow(TypeError)
  })
})
