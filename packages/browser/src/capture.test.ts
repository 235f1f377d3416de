import { afterEach, beforeEach, expect, test, vi } from 'vitest'

beforeEach(() => vi.resetModules())
afterEach(() => vi.unstubAllGlobals())

/** Imports the module on a page; answers what became of the URL, and what was taken. */
async function visit(path: string) {
  const replaceState = vi.fn<History['replaceState']>()
  vi.stubGlobal('location', { href: `https://app.test${path}` })
  vi.stubGlobal('history', { state: { router: 1 }, replaceState })
  const { takeCallback } = await import('./capture.ts')
  const captured = takeCallback()
  expect(takeCallback()).toBeUndefined()
  return { shown: replaceState.mock.calls[0], captured }
}

test.each([
  ['/cb#code=c&state=lk.s&iss=i', '/cb', 'code=c&state=lk.s&iss=i'],
  ['/cb?code=c&state=lk.s&iss=i', '/cb', 'code=c&state=lk.s&iss=i'],
  [
    '/cb#error=access_denied&error_description=d&state=lk.s&iss=i',
    '/cb',
    'error=access_denied&error_description=d&state=lk.s&iss=i',
  ],
  ['/cb?tab=%20a&code=c&state=lk.s&x', '/cb?tab=%20a&x', 'tab=%20a&code=c&state=lk.s&x'],
  ['/cb?code=theirs&state=theirs#code=c&state=lk.s', '/cb?code=theirs&state=theirs', 'code=c&state=lk.s'],
  ['/cb?code=c&state=lk.s#section', '/cb#section', 'code=c&state=lk.s'],
  ['/cb#/route?code=c&state=lk.s', '/cb#/route', 'code=c&state=lk.s'],
  ['//double/cb#state=lk.s', '//double/cb', 'state=lk.s'],
])('B04 %s is shown as %s', async (path, clean, parameters) => {
  const { shown, captured } = await visit(path)
  expect(shown).toEqual([{ router: 1 }, '', `https://app.test${clean}`])
  expect(captured).toEqual({ parameters, url: `https://app.test${clean}` })
})

test.each([
  '/cb?code=c&state=theirs',
  '/cb#access_token=t&state=x',
  '/cb#state=x.lk.s',
  '/cb?mystate=lk.s',
  '/cb',
  '/#/r?a=lk.',
])('B05 %s is left alone', async (path) => {
  const { shown, captured } = await visit(path)
  expect(shown).toBeUndefined()
  expect(captured).toBeUndefined()
})

test('on a server nothing happens', async () => {
  const { takeCallback } = await import('./capture.ts')
  expect(takeCallback()).toBeUndefined()
})
