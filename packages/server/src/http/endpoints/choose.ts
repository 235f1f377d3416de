import { PageError } from '../../errors.ts'
import { checkProvider, rethrowForSpa } from '../../journey/index.ts'
import type { Deps, Endpoint } from '../deps.ts'
import { hasRepeated, readForm } from '../form.ts'
import { backOnError, chooserPlace, mustHoldCookie, sendOn, usedUp } from './authorize.ts'

/** The chooser page's own form: the sealed journey and the provider that the person chose. */
export function choose(deps: Deps): Endpoint {
  const { config, chooser, clock, rules } = deps
  const ownOrigin = new URL(config.issuer).origin
  return async (c) => {
    if (c.req.header('origin') !== ownOrigin) {
      throw new PageError('untrusted_origin', {
        status: 403,
        description: 'This choice was not made on our own page.',
      })
    }
    const params = await readForm(c.req.raw)
    const provider = params.get('provider')
    const sealed = params.get('journey') ?? ''
    const journey = chooser.open(sealed, chooserPlace, clock.now())
    await deps.limits.count(c, 'choose', journey?.clientId)
    if (hasRepeated(params) || provider === null || journey === undefined) {
      throw new PageError('invalid_request', {
        status: 400,
        description: 'The choice is incomplete or more than ten minutes old.',
      })
    }
    const { seed: _, startedAt: __, pushed, ...request } = journey
    if (request.cookieId !== undefined) mustHoldCookie(c, deps, request)
    return backOnError(c, deps, journey, async () => {
      checkProvider(provider, journey.maxAge, rules)
      if (
        pushed !== undefined &&
        !(await deps.pushed.useUp(pushed, sealed).catch(rethrowForSpa(journey.intent)))
      )
        throw usedUp()
      return sendOn(c, deps, request, provider)
    })
  }
}
