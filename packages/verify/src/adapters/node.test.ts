import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { createScene } from '../verify.fixture.ts'
import { describeAdapter, listening } from './adapter.fixture.ts'
import { protect } from './node.ts'

describeAdapter('node:http', (verifier, principal) => {
  const reports = protect(verifier, (_, res, auth) => res.end(JSON.stringify(principal(auth))))
  const write = protect(verifier, (_, res, auth) => res.end(JSON.stringify(principal(auth))), {
    scopes: ['reports:write'],
  })
  const twice = protect(verifier, (req, res) => reports(req, res))
  return listening(
    createServer((req, res) => {
      const path = req.url?.replace(/\?.*/, '')
      if (path === '/write') return write(req, res)
      return path === '/mounted/reports' ? twice(req, res) : reports(req, res)
    }),
  )
})

test('S15 requirements that cannot be enforced are refused when the handler is wrapped', () => {
  const { verifier } = createScene()
  expect(() => protect(verifier, () => {}, { scopes: [] })).toThrow(TypeError)
})
