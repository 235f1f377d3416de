import { type JsonAnswer, json, noStore } from '../http/answer.ts'
import type { Exchange } from '../http/exchange.ts'
import { claimsFor } from '../personas.ts'
import { bearerToken, usedToken } from './access.ts'
import { emailsOf, profileOf } from './person.ts'
import type { Play } from './play.ts'

export const playedUserinfo =
  (play: Play) =>
  (exchange: Exchange): JsonAnswer => {
    const { persona } = usedToken(play, 'userinfo', exchange).grant
    const isOpenId = play.entry.identity.from === 'id-token'
    const claims = {
      sub: persona.subject,
      ...claimsFor(persona, play.rules.nameInFormPost ? ['email'] : ['profile', 'email']),
    }
    return json(isOpenId ? claims : profileOf(play, persona), 200, noStore)
  }

export const playedEmails =
  (play: Play) =>
  (exchange: Exchange): JsonAnswer =>
    json(emailsOf(play, usedToken(play, 'emails', exchange).grant.persona), 200, noStore)

/** Whose token it is and what it may do. */
export const playedApi =
  (play: Play) =>
  (exchange: Exchange): JsonAnswer => {
    const { grant, scope } = bearerToken(play, exchange)
    return json({ account: grant.persona.subject, scope: scope.join(' ') }, 200, noStore)
  }
