import { readSignature, type VaultSignature } from './answers.ts'
import type { VaultConfig } from './options.ts'
import type { AsService } from './service-token.ts'

/** A request of OAuth 1.0a, as it is about to be sent. */
export type ToSign = {
  readonly method: string
  readonly url: string | URL
  /** Its body where that is a form, exactly as it will be sent: its parameters are part of the signature. No other body is. */
  readonly form?: string | URLSearchParams
}

export type Sign = (connectionId: string, request: ToSign) => Promise<VaultSignature>

export function createSign({ base }: Pick<VaultConfig, 'base'>, asService: AsService): Sign {
  return async (connectionId, { method, url, form }) =>
    readSignature(
      await asService({
        method: 'POST',
        url: `${base}/vault/connections/${encodeURIComponent(connectionId)}/sign`,
        json: { method, url: String(url), ...(form === undefined ? {} : { form: String(form) }) },
      }),
    )
}

const formType = 'application/x-www-form-urlencoded'

/** A call with its form written out, if it has one: what is signed must be what is sent. */
export function withForm(init: RequestInit): { form?: string; init: RequestInit & { headers: Headers } } {
  const headers = new Headers(init.headers)
  const { body } = init
  if (body instanceof URLSearchParams && !headers.has('content-type')) {
    headers.set('content-type', `${formType};charset=UTF-8`)
  }
  const [type] = (headers.get('content-type') ?? '').split(';')
  const isForm = type?.trim().toLowerCase() === formType
  const isText = typeof body === 'string' || body instanceof URLSearchParams
  if (!isForm || !isText) return { init: { ...init, headers } }
  const form = String(body)
  return { form, init: { ...init, headers, body: form } }
}
