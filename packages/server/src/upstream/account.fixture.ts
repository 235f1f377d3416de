import type { OAuth2ProviderConfig } from '../config/types.ts'
import { createOAuth2Upstream } from './oauth2.ts'
import { handClock, json, oauth2Provider, outcomeOf, proof, scriptedFetch } from './upstream.fixture.ts'

export const { tokenEndpoint, userinfoEndpoint } = oauth2Provider
export const emailsEndpoint = 'https://legacy.example/emails'
const good = { access_token: 'the-access-token', token_type: 'bearer' }

interface AccountCase {
  provider?: Partial<OAuth2ProviderConfig>
  token?: object
  userinfo?: unknown
  answers?: Parameters<typeof scriptedFetch>[0]
  connecting?: true
}

/** An account at a provider that speaks plain OAuth 2.0, as far as who it is. */
export function account({ provider, token, userinfo = { id: 42 }, answers, connecting }: AccountCase = {}) {
  const op = scriptedFetch({
    [tokenEndpoint]: json({ ...good, ...token }),
    [userinfoEndpoint]: json(userinfo),
    ...answers,
  })
  const failed: unknown[] = []
  const upstream = createOAuth2Upstream(
    { ...oauth2Provider, ...provider },
    {
      ...{ fetch: op.fetch, clock: handClock(), allowPrivate: false },
      onBackgroundFailure: (error) => failed.push(error),
    },
  )
  const journey = { ...proof, ...(connecting && { connecting }) }
  const query = new URLSearchParams({ code: 'c', state: proof.state })
  const identify = async () => {
    const { tokens: _tokens, ...identity } = await upstream.exchange(
      await upstream.readCallback(query, journey),
      journey,
    )
    return identity
  }
  return { ...op, upstream, failed, identify, outcome: () => outcomeOf(identify) }
}
