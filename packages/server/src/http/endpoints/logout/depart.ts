import type { Departure } from '../../../session/index.ts'
import type { Ctx } from '../../deps.ts'
import { type SignOutEnd, signOutPage } from '../../pages/index.ts'
import { type Answer, goTo, page, withQuery } from '../../respond.ts'

/** The last step of a sign-out: to the app's registered address with its `state`, or a page that says what happened. */
export function depart(c: Ctx, { client, way }: Departure, provider?: string): Answer {
  const { uri, unregistered } = way
  if (uri !== undefined) return goTo(c.req.method, addressOf({ ...way, uri }))
  return endPage(c, {
    ...{ kind: 'signed_out', app: client.id, unregistered },
    ...(provider === undefined ? {} : { provider }),
  })
}

export const addressOf = ({ uri, state }: { uri: string; state?: string }): string =>
  state === undefined ? uri : withQuery(uri, new URLSearchParams({ state }))

/** 400 where the request was wrong, whatever it has achieved. */
export function endPage(c: Ctx, end: SignOutEnd): Answer {
  const wrong = end.kind === 'signed_out' ? end.unregistered : end.kind === 'ask' && end.code !== undefined
  return page(wrong ? 400 : 200, signOutPage({ ...end, requestId: c.var.requestId }))
}
