import { createBrowser, leadsTo, member } from '../http.ts'
import type { Contender } from './journey.ts'

/**
 * What Better Auth's own client does: ask for the provider's URL, go there, come back, and hold a session cookie.
 * There is no further hop: it hands the SPA no token, and the SPA's first look at the session is not counted.
 */
export function betterAuthFlow(base: string, spa: string): Contender {
  return {
    async journey(connections) {
      const browser = createBrowser(connections)
      const start = await browser.send(`${base}/api/auth/sign-in/social`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: spa },
        body: JSON.stringify({ provider: 'mock', callbackURL: `${spa}/callback` }),
      })
      const toProvider = member(start, 'url')
      const toCallback = leadsTo(await browser.send(toProvider), toProvider)
      const back = await browser.send(toCallback)
      if (leadsTo(back, toCallback) !== `${spa}/callback`)
        throw new Error(`back home at ${back.headers.location}`)
      const session = back.setCookies.find((cookie) => cookie.startsWith('better-auth.session_token='))
      const credential = session?.split(';')[0]
      if (!credential) throw new Error('no session cookie')
      return { credential }
    },

    async check({ credential }, connections) {
      const reply = await createBrowser(connections).send(`${base}/api/auth/get-session`, {
        headers: { cookie: credential },
      })
      if (!/"email":"person-\d+@example.com"/.test(reply.body))
        throw new Error(`no session: ${reply.status} ${reply.body}`)
    },
  }
}
