import { ApiError } from '../../../errors.ts'
import { type CodeGrants, redeem } from '../../../journey/index.ts'
import type { Caller } from '../../access-token.ts'
import type { Ctx, Deps } from '../../deps.ts'
import { holdsCookieOf } from '../../journey-cookie.ts'
import { readJson } from '../../json-body.ts'
import { redeemDeps } from '../../redeem-deps.ts'

/**
 * Takes the code of a journey that a signed-in user began: the same user, in whatever session they have now, fetches what
 * is in quarantine with the verifier that only their browser has. Anything else burns the code and yields nothing.
 * @param refuse told when another user brings it
 * @throws ApiError `invalid_request`, `invalid_grant`, `wrong_browser`; StorageError
 */
export async function redeemOwn<Kind extends 'link' | 'connect'>(
  kind: Kind,
  { caller, c, headers }: { caller: Caller; c: Ctx; headers: Record<string, string> },
  deps: Deps,
  refuse: (grant: CodeGrants[Kind]) => Promise<void> | void,
): Promise<CodeGrants[Kind]> {
  const { code, code_verifier: codeVerifier } = await readJson(c.req.raw, ['code', 'code_verifier'])
  const { grant } = await redeem(
    kind,
    {
      ...{ code, codeVerifier, clientId: caller.session.clientId, requestId: c.var.requestId },
      holdsCookieOf: (id) => holdsCookieOf(c, deps, id),
    },
    redeemDeps(deps),
  )
  // Whatever comes of it, the code is gone.
  if (grant.cookieId !== undefined) headers['Set-Cookie'] = deps.cookies.drop(grant.cookieId)
  if (grant.userId === caller.user.id) return grant
  await refuse(grant)
  throw new ApiError('invalid_grant', {
    status: 400,
    description: 'The code is not valid here, or not any more.',
    detail: `another user began this ${kind}`,
  })
}
