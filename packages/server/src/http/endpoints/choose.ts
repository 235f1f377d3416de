import { PageError } from '../../errors.ts'
import { checkProvider } from '../../journey/index.ts'
import type { Deps, Endpoint } from '../deps.ts'
import { hasRepeated, readForm } from '../form.ts'
import { backOnError, chooserPlace, sendOn } from './authorize.ts'

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
    const journey = chooser.open(params.get('journey') ?? '', chooserPlace, clock.now())
    if (hasRepeated(params) || provider === null || journey === undefined) {
      throw new PageError('invalid_request', {
        status: 400,
        description: 'The choice is incomplete or more than ten minutes old.',
      })
    }
    const { seed: _, startedAt: __, ...request } = journey
    return backOnError(c, deps, journey, async () => {
      checkProvider(provider, journey.maxAge, rules)
      return sendOn(c, deps, request, provider)
    })
  }
}
