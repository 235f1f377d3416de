// The page under test: the client, watched, and the panel.
import { createAuth } from '@latchkey/browser'
import { createDevtools, type Devtools } from '@latchkey/browser/devtools'
import type {} from '../browser/app.ts'

declare global {
  var devtools: Devtools
}

const content = document.querySelector('meta[name=options]')?.getAttribute('content') ?? '{}'
globalThis.devtools = createDevtools()
globalThis.auth = createAuth(devtools.watch(JSON.parse(content)))
devtools.mount(auth)
