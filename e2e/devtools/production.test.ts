import { expect, test } from 'vitest'
import { bundle } from '../support/bundle.ts'

// As in the README.
const app = `
  import { createAuth } from '@latchkey/browser'
  const options = { issuer: 'https://auth.example', clientId: 'web' }
  const devtools = import.meta.env.DEV
    ? (await import('@latchkey/browser/devtools')).createDevtools()
    : undefined
  const auth = createAuth(devtools?.watch(options) ?? options)
  devtools?.mount(auth)
  globalThis.auth = auth
`

const built = async (development: boolean) => {
  const chunks = await bundle('app', { app }, { 'import.meta.env.DEV': `${development}` })
  return [...chunks].filter(([, code]) => code.includes('latchkey-devtools')).map(([name]) => name)
}

test('a production build leaves the panel out; a development build has it apart from the app', async () => {
  expect(await built(false)).toEqual([])
  const [name, ...others] = await built(true)
  expect(name).toMatch(/devtools/)
  expect(others).toEqual([])
})
