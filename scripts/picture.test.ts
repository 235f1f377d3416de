import { expect, it } from 'vitest'
import { drawings, stations, tokens } from '../packages/server/src/http/pages/look.ts'
import { read } from './documents.ts'

const picture = read('docs/journey.svg')

it('the picture of the journey has the five stations: same order, same words, same drawings', () => {
  expect([...picture.matchAll(/class="word"[^>]*>([^<]+)/g)].map(([, word]) => word)).toEqual(
    stations.map(({ word }) => word),
  )
  expect([...picture.matchAll(/<g class="icon"[^>]*>(.+)<\/g>/g)].map(([, drawing]) => drawing)).toEqual(
    stations.map(({ drawing }) => drawings[drawing]),
  )
})

it('and the colours of the one look, in both schemes', () => {
  const colours = picture.match(/#[0-9a-f]{6}/g) ?? []
  expect(new Set(colours).size).toBeGreaterThan(8)
  expect(colours.filter((colour) => !tokens.includes(colour))).toEqual([])
})
