import type { WireRules } from '@latchkey/providers'
import type { OAuth2ProviderConfig } from '../config/types.ts'
import { checkAdmission } from './admission.ts'
import type { IdentityClaims } from './claims.ts'
import { UpstreamError } from './contract.ts'
import { askEmails, asksForEmail, type Mail, mainAddress, noMail } from './emails.ts'
import { fault } from './failures.ts'
import { identityFromProfile } from './profile.ts'
import type { ProviderContext } from './provider-context.ts'
import type { TokenValues } from './token-placeholders.ts'
import { askUserinfo } from './userinfo.ts'

/** Every account of a provider that says nothing about them. */
export const unidentified: IdentityClaims = { subject: 'unidentified', emailVerified: false }

/**
 * Such accounts, and those that several people hold, may be connected, and that is all: signed in with, one would be everybody's.
 * @throws UpstreamError `access_denied`: `nobody_identified`
 */
export function refuseUnidentified(
  { identityFrom, sharedAccount }: Pick<OAuth2ProviderConfig, 'identityFrom' | 'sharedAccount'>,
  { connecting }: { connecting?: true },
): void {
  if ((identityFrom === 'nothing' || sharedAccount) && connecting !== true) {
    throw new UpstreamError('access_denied', 'nobody_identified')
  }
}

/** Reads from a provider that speaks plain OAuth 2.0 whose account its tokens are for. */
export type IdentifyAccount = (token: TokenValues, journey: { connecting?: true }) => Promise<IdentityClaims>

/**
 * The function it gives throws UpstreamError `provider_error`: `subject_malformed` and what `askUserinfo` throws;
 * `access_denied`: what `checkAdmission` throws. Nothing half-made comes of it.
 */
export function createAccountIdentifier(
  provider: OAuth2ProviderConfig,
  rules: WireRules,
  { fetch, onBackgroundFailure }: Pick<ProviderContext, 'fetch' | 'onBackgroundFailure'>,
): IdentifyAccount {
  return async (token, journey) => {
    if (provider.identityFrom === 'nothing') {
      checkAdmission([], unidentified, provider)
      return unidentified
    }
    const asked = documentOf(token)
    const [document, mail] = await Promise.all([asked, mailOf(token, journey, asked)])
    const identity = identityFromProfile(document, provider, { emailRule: rules.emailVerified, ...mail })
    checkAdmission([document], identity, provider)
    return mail.unheard === true ? { ...identity, unheard: ['email'] } : identity
  }

  async function documentOf(token: TokenValues): Promise<object> {
    if (provider.identityFrom === 'token-response') return token.answer
    if (provider.userinfoEndpoint === undefined) throw fault('userinfo_absent')
    return askUserinfo(provider.userinfoEndpoint, token, fetch, rules)
  }

  /**
   * Asked only where an address is of use. That it cannot be had stops nobody, unless only people of some domains may come in:
   * then nothing else tells.
   */
  async function mailOf(
    token: TokenValues,
    { connecting }: { connecting?: true },
    document: Promise<object>,
  ): Promise<{ mail?: Mail; unheard?: true }> {
    const { emailsEndpoint, emails, scopes, allowedEmailDomains } = provider
    if (emailsEndpoint === undefined || emails === undefined) return {}
    const decides = allowedEmailDomains !== undefined
    if (!decides && (connecting === true || !asksForEmail(scopes))) return { mail: noMail }
    const asked =
      provider.identityFrom === 'userinfo' && emailsEndpoint === provider.userinfoEndpoint
        ? document.then((answer) => mainAddress(answer, emails, rules))
        : askEmails(emailsEndpoint, emails, token, fetch, rules)
    if (decides) return { mail: await asked }
    return asked.then(
      (mail) => ({ mail }),
      (error: unknown) => {
        onBackgroundFailure(error)
        return { mail: noMail, unheard: true }
      },
    )
  }
}
