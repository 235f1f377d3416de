import { expect, test } from 'vitest'
import { createTimeline, type Entry, requestIdOf, word } from './record.ts'

const inMemory = (text: string | null = null) => ({
  text,
  read() {
    return this.text
  },
  write(text: string) {
    this.text = text
  },
})
const state = (at: number): Entry => ({ at, kind: 'state', status: 'signed-in' })

test('the last two hundred entries are kept, and outlive the page', () => {
  const keep = inMemory()
  const timeline = createTimeline(keep)
  for (let at = 0; at < 250; at++) timeline.add(state(at))
  expect(timeline.entries).toHaveLength(200)
  expect(timeline.entries[0]).toEqual(state(50))
  expect(createTimeline(keep).entries).toEqual(timeline.entries)
  timeline.clear()
  expect(createTimeline(keep).entries).toEqual([])
})

test.each(['', '{', 'null', '7', '{"at":1}', '[null,7,{"at":"x","kind":"state"},{}]'])(
  'what was kept and is no timeline is dropped: %s',
  (text) => expect(createTimeline(inMemory(text)).entries).toEqual([]),
)

test('X06 what is no word of the protocol, and no id, is not kept', () => {
  expect(word('access_denied')).toBe('access_denied')
  expect(word('authorization_code')).toBe('authorization_code')
  expect(requestIdOf('req-1_A')).toBe('req-1_A')
  for (const value of ['', 'Has Spaces', 'eyJhbGciOiJFUzI1NiJ9.e30.x', '<b>', null, 7, 'a'.repeat(65)])
    expect([word(value), requestIdOf(`${value} `)]).toEqual([undefined, undefined])
})
