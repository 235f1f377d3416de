import { OAuthError } from '../http/answer.ts'
import { refuse } from './parameters.ts'
import type { Play } from './play.ts'

/**
 * What was asked for, joined as the entry says.
 * @throws OAuthError `invalid_scope`, `invalid_request`
 */
export const scopesOf = (
  { rules, entry }: Pick<Play, 'rules' | 'entry'>,
  scope: string | undefined,
): string[] => {
  if (!rules.sendScope && scope !== undefined) throw refuse('scope must not be sent')
  const separator = rules.scopeSeparator ?? entry.scopes?.separator ?? ' '
  const foreign = [' ', ',', ';'].find((other) => other !== separator && scope?.includes(other) === true)
  if (foreign !== undefined) throw new OAuthError('invalid_scope', `scopes are not joined with "${foreign}"`)
  const asked = (scope ?? '').split(separator).filter((one) => one !== '')
  if (entry.protocol === 'oidc' && !asked.includes('openid')) {
    throw new OAuthError('invalid_scope', 'openid is missing')
  }
  return asked
}
