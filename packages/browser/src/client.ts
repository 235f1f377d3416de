import type { Kv } from './kv.ts'
import type { Context } from './request.ts'
import type { Session } from './session.ts'

/** What the parts work with that a page loads when it needs them. */
export interface Client {
  context: Context
  kv: Kv
  session: Session
  /** As the user, with a proof; a refused token is renewed and tried once more. For the issuer and `resources` only. */
  send(request: Request): Promise<Response>
}
