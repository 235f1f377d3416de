import type { ServerResponse } from 'node:http'
import { listen } from '../support/listen.ts'
import type { StandIn } from './issuer.ts'
import { readProof, sha256 } from './proof.ts'

export interface ApiCall {
  method: string
  path: string
  headers: Record<string, string | string[] | undefined>
  body: string
  /** Why it was refused; `ok` if it was not. */
  verdict: string
}

/** A micro service on an origin of its own, which takes DPoP-bound tokens and proofs at most a minute old. */
export interface Api {
  origin: string
  calls: ApiCall[]
  /** Demands this nonce in proofs. */
  nonce: string | undefined
  /** May answer before the service does; true when it did. */
  intercept: ((call: ApiCall, response: ServerResponse) => boolean) | undefined
  close(): Promise<void>
}

export async function startApi(issuer: StandIn): Promise<Api> {
  const server = await listen(async (message, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of message) chunks.push(chunk)
    response.setHeader('Access-Control-Allow-Origin', message.headers.origin ?? '*')
    response.setHeader('Access-Control-Expose-Headers', 'DPoP-Nonce, WWW-Authenticate')
    if (message.method === 'OPTIONS') {
      response.setHeader('Access-Control-Allow-Headers', 'DPoP, Authorization, Content-Type')
      response.setHeader('Access-Control-Allow-Methods', 'GET, POST, PUT')
      response.setHeader('Access-Control-Max-Age', '600')
      response.writeHead(204).end()
      return
    }
    const { method = '', url: path = '', headers } = message
    const call = {
      method,
      path,
      headers,
      body: Buffer.concat(chunks).toString(),
      verdict: verdict(method, path, headers),
    }
    api.calls.push(call)
    if (api.intercept?.(call, response)) return
    if (call.verdict === 'ok') response.end(`hello ${call.body}`)
    else {
      if (call.verdict === 'use_dpop_nonce') response.setHeader('DPoP-Nonce', `${api.nonce}`)
      response.writeHead(401, { 'WWW-Authenticate': `DPoP error="${call.verdict}"` }).end()
    }
  })

  function verdict(
    method: string,
    path: string,
    headers: Record<string, string | string[] | undefined>,
  ): string {
    const [scheme, token = ''] = `${headers.authorization}`.split(' ')
    const issued = issuer.issued.get(token)
    if (scheme !== 'DPoP' || !issued || issued.expires < Date.now()) return 'invalid_token'
    if (!issued.aud.includes(api.origin)) return 'invalid_token'
    const proof = readProof(headers.dpop?.toString())
    if (!proof || proof.jkt !== issued.jkt || proof.claims.ath !== sha256(token)) return 'invalid_dpop_proof'
    const { htm, htu, iat, nonce } = proof.claims
    if (htm !== method || htu !== `${api.origin}${path.split('?')[0]}`) return 'invalid_dpop_proof'
    if (Math.abs(iat * 1000 - Date.now()) > 60_000) return 'invalid_dpop_proof'
    if (api.nonce && nonce !== api.nonce) return 'use_dpop_nonce'
    return 'ok'
  }

  const api: Api = {
    origin: `http://127.0.0.1:${server.port}`,
    calls: [],
    nonce: undefined,
    intercept: undefined,
    close: server.close,
  }
  return api
}
