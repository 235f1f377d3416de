import { z } from 'zod'
import { text } from './field.ts'
import { oauth1Provider } from './oauth1.ts'
import { oauth2Provider } from './oauth2.ts'
import { oidcProvider } from './oidc.ts'

const { type: _oidc, ...oidc } = oidcProvider.shape
const { type: _oauth2, ...oauth2 } = oauth2Provider.shape
const { type: _oauth1, ...oauth1 } = oauth1Provider.shape

/**
 * A provider that the catalogue describes, as a configuration writes it: for editors and types alone. What is checked is
 * the written-out form. The keys that name a tenant differ from provider to provider, so that the object is open.
 */
export const knownProvider = z
  .looseObject({
    type: z.never().meta({ description: 'Only for a provider that is described here.' }),
    catalogue: text(
      'The id of the provider in the catalogue, where it is not the key of this object. "latchkey providers" lists them.',
      'give an id such as "google"',
    ),
    ...oauth1,
    ...oidc,
    ...oauth2,
  })
  .partial()
  .meta({
    description:
      'A provider of the catalogue, by its id: client id and secret, what names the tenant there ("latchkey providers ID" tells), and whatever is to differ from the catalogue.',
  })
