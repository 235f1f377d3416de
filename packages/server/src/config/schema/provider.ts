import { z } from 'zod'
import { isPlainObject } from '../path.ts'
import { checkProviderId } from '../provider-values.ts'
import { message, remedied, text } from './field.ts'
import { oauth1Provider } from './oauth1.ts'
import { oauth2Provider } from './oauth2.ts'
import { oidcProvider } from './oidc.ts'

export { oauth1Provider } from './oauth1.ts'
export { oauth2Provider } from './oauth2.ts'
export { oidcProvider } from './oidc.ts'

export const provider = z.discriminatedUnion('type', [oidcProvider, oauth2Provider, oauth1Provider], {
  error: (issue) => {
    const type = isPlainObject(issue.input) ? issue.input.type : undefined
    if (!isPlainObject(issue.input)) return remedied('write an object with "type" and "client_id"')(issue)
    if (type === undefined) {
      return message('is missing', 'give "type": "oidc", "oauth2" or "oauth1"')
    }
    return message(
      'must be "oidc", "oauth2" or "oauth1"',
      'give what the provider speaks; "oidc" where it can',
    )
  },
})

export const providerId = text('The id of a provider.', 'choose a short name', checkProviderId).meta({
  pattern: '^[a-z0-9-]{1,64}$',
})

export type Provider = z.output<typeof provider>
