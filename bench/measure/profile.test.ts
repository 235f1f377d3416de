import { expect, it } from 'vitest'
import { hotspots } from './profile.ts'

const frame = (functionName: string, url = '') => ({ functionName, url, lineNumber: 9 })

it('counts self time of what is not idle, native functions for their callers', () => {
  const profile = {
    nodes: [
      { id: 1, callFrame: frame('(root)'), children: [2, 3, 5] },
      { id: 2, callFrame: frame('(idle)') },
      { id: 3, callFrame: frame('verify', 'file:///repo/node_modules/jose/dist/verify.js'), children: [4] },
      { id: 4, callFrame: frame('sign') },
      { id: 5, callFrame: frame('', 'file:///repo/packages/server/dist/http/route.js') },
    ],
    samples: [2, 3, 4, 4, 5],
    timeDeltas: [1000, 100, 200, 300, 400],
  }
  const { functions, places } = hotspots(profile, '/repo')
  expect(places).toEqual([
    { name: 'jose', share: 0.6 },
    { name: 'packages/server/dist/http', share: 0.4 },
  ])
  expect(functions).toEqual([
    { name: 'sign  native, for jose', share: 0.5 },
    { name: '(anonymous)  packages/server/dist/http/route.js:10', share: 0.4 },
    { name: 'verify  node_modules/jose/dist/verify.js:10', share: 0.1 },
  ])
})
