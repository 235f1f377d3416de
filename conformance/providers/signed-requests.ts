// Requests of OAuth 1.0a that a service makes with what somebody has connected.
import type { Stage } from './stage.ts'

/** What the fake's API says of a request whose signature is good. */
export interface Signed {
  method: string
  form: readonly (readonly string[])[]
  /** The persona's subject. */
  account: string
}

interface Reply {
  status: number
  body: unknown
}

const replyOf = async (response: Response): Promise<Reply> => {
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

const bearer = async (stage: Stage): Promise<string> => `Bearer ${await stage.service().ownToken()}`

/** A form posted by way of the proxy. */
export async function proxied(
  stage: Stage,
  connectionId: string,
  url: string,
  form: URLSearchParams,
): Promise<Reply> {
  const { host, pathname, search } = new URL(url)
  const address = `${stage.server.issuer}/vault/connections/${connectionId}/proxy/${host}${pathname}${search}`
  const headers = { Authorization: await bearer(stage) }
  return replyOf(await fetch(address, { method: 'POST', body: form, headers }))
}

/** The signature for a form that the service posts by itself. */
export async function signed(
  stage: Stage,
  connectionId: string,
  url: string,
  form: URLSearchParams,
): Promise<Reply> {
  const response = await fetch(`${stage.server.issuer}/vault/connections/${connectionId}/sign`, {
    method: 'POST',
    headers: { Authorization: await bearer(stage), 'Content-Type': 'application/json' },
    body: JSON.stringify({ method: 'POST', url, form: form.toString() }),
  })
  return replyOf(response)
}

/** Posts it with what was signed. */
export async function asksItself(url: string, form: URLSearchParams, { body }: Reply): Promise<Reply> {
  const headers = { authorization: String(Object(body).authorization) }
  return replyOf(await fetch(url, { method: 'POST', body: form, headers }))
}
