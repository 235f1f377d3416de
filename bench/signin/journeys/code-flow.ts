import * as jose from 'jose'
import type { Connections, Reply } from '../connections.ts'
import { createBrowser, form, formType, leadsTo, member } from '../http.ts'
import { createPkce, createProofKey, type ProofKey, prove } from '../proof.ts'
import type { Contender, SignedIn } from './journey.ts'

export interface CodeFlowOptions {
  issuer: string
  spa: string
  /** A fresh key and its proofs for each sign-in. */
  dpop: boolean
  /** The browser knows the server's nonce already; otherwise its first proof is turned down for want of one. */
  warmNonce: boolean
  /** Parameters of the start beside the standard ones. */
  extra?: Record<string, string>
}

/** With the key, where the browser brings its own; and what it refreshes its session with. */
export interface CodeFlow extends Contender {
  journey(connections: Connections, ownKey?: ProofKey): Promise<SignedIn & { refreshToken: string }>
}

/** The SPA's side of Latchkey's journey: form POST, provider, callback, one-time code, token. */
export function codeFlow({ issuer, spa, dpop, warmNonce, extra = {} }: CodeFlowOptions): CodeFlow {
  const redirectUri = `${spa}/callback`
  const endpoint = `${issuer}/token`
  let nonce: string | undefined
  let count = 0

  async function redeem(
    send: (headers: Record<string, string>) => Promise<Reply>,
    key: ProofKey | undefined,
  ): Promise<Reply> {
    if (!key) return send({})
    const first = await send({ dpop: prove(key, endpoint, warmNonce ? nonce : undefined) })
    const given = first.headers['dpop-nonce']
    if (given !== undefined) nonce = given
    if (first.status === 200) return first
    if (!first.body.includes('use_dpop_nonce') || given === undefined) return first
    return send({ dpop: prove(key, endpoint, given) })
  }

  return {
    async journey(connections, ownKey) {
      const browser = createBrowser(connections)
      const pkce = createPkce()
      const state = `lk.${++count}`
      const key = dpop ? (ownKey ?? createProofKey()) : undefined
      const start = await browser.send(`${issuer}/authorize`, {
        method: 'POST',
        headers: { ...formType, origin: spa },
        body: form({
          client_id: 'web',
          redirect_uri: redirectUri,
          response_type: 'code',
          code_challenge: pkce.challenge,
          code_challenge_method: 'S256',
          state,
          ...(key ? { dpop_jkt: key.thumbprint } : {}),
          ...extra,
        }),
      })
      const toProvider = leadsTo(start, issuer)
      const toCallback = leadsTo(await browser.send(toProvider), toProvider)
      const home = new URL(leadsTo(await browser.send(toCallback), toCallback))
      const answer = new URLSearchParams(home.hash.slice(1))
      const code = answer.get('code')
      if (!code || answer.get('state') !== state || answer.get('iss') !== issuer)
        throw new Error(`back home with ${answer}`)
      const reply = await redeem(
        (headers) =>
          browser.send(endpoint, {
            method: 'POST',
            headers: { ...formType, origin: spa, ...headers },
            body: form({
              grant_type: 'authorization_code',
              code,
              code_verifier: pkce.verifier,
              client_id: 'web',
              redirect_uri: redirectUri,
            }),
          }),
        key,
      )
      if (reply.status !== 200) throw new Error(`token: ${reply.status} ${reply.body.slice(0, 300)}`)
      return {
        credential: member(reply, 'access_token'),
        refreshToken: member(reply, 'refresh_token'),
        ...(key ? { jkt: key.thumbprint } : {}),
      }
    },

    async check({ credential, jkt }) {
      const keys = jose.createRemoteJWKSet(new URL(`${issuer}/jwks`))
      const { payload } = await jose.jwtVerify(credential, keys, {
        issuer,
        typ: 'at+jwt',
        algorithms: ['ES256'],
      })
      const { cnf } = payload
      const bound: unknown = typeof cnf === 'object' && cnf !== null ? Reflect.get(cnf, 'jkt') : undefined
      if (bound !== jkt) throw new Error(`access token bound to ${String(bound)}, not ${String(jkt)}`)
    },
  }
}
