import { AuthError } from './errors.ts'
import { bareRequest, type Context, sendSigned } from './request.ts'
import { readAnswer } from './token-endpoint.ts'
import type { Provider } from './types.ts'

/** What the server tells about this client: `GET {issuer}/providers`. */
export interface Directory {
  providers: Provider[]
  /** The client starts and redeems with the server's cookie. */
  sameSite: boolean
}

/** Asked once a page; again if that failed. */
export function readDirectory(context: Context): Promise<Directory> {
  context.directory ??= ask(context).catch((error) => {
    context.directory = undefined
    throw error
  })
  return context.directory
}

async function ask(context: Context): Promise<Directory> {
  const url = `${context.issuer}/providers?${new URLSearchParams({ client_id: context.clientId })}`
  const request = bareRequest(url, { signal: AbortSignal.timeout(20_000) })
  const answer = await readAnswer(context, await sendSigned(context, request, 'call'), 'call')
  if (!Array.isArray(answer.providers)) throw new AuthError('invalid_response', 'call')
  return {
    providers: answer.providers.map(({ id, name, logo, sign_in, connect, scopes }) => ({
      id: `${id}`,
      name: `${name}`,
      logo,
      signIn: sign_in === true,
      connect: connect === true,
      ...(Array.isArray(scopes) ? { scopes: scopes.map(String) } : {}),
    })),
    sameSite: answer.same_site === true,
  }
}
