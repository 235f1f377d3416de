import { RedirectError } from '../errors.ts'
import type { UpstreamError } from '../upstream/index.ts'

const told = {
  access_denied: 'signing in was refused',
  temporarily_unavailable: 'the provider could not be reached; try again in a moment',
  provider_error: 'the provider answered in a way that cannot be trusted',
}

/** What the SPA hears of a provider's failure: a fixed code and text. The reason stays in our log. */
export function redirectErrorOf(error: UpstreamError): RedirectError {
  return new RedirectError(error.failure, told[error.failure], { detail: error.summary, cause: error })
}
