import type { RevocationRequest, WireRules } from '@latchkey/providers'

const byBearer = (method: 'POST' | 'DELETE'): RevocationRequest => ({
  ...{ method, sends: {}, as: 'form', authorization: 'Bearer {access_token}' },
})

const named: Record<Exclude<WireRules['revocation'], 'standard'>, RevocationRequest> = {
  'bearer-post': byBearer('POST'),
  'bearer-delete': byBearer('DELETE'),
  'basic-json-delete': {
    ...{ method: 'DELETE', sends: { access_token: '{access_token}' }, as: 'json', authorization: 'basic' },
  },
}

/** The request by which a provider revokes tokens that does not do so by RFC 7009. */
export const ownRevocation = ({
  revocation,
  revocationRequest,
}: Pick<WireRules, 'revocation' | 'revocationRequest'>): RevocationRequest | undefined =>
  revocationRequest ?? (revocation === 'standard' ? undefined : named[revocation])

/** Whether the client secret is part of a request. */
export const sendsSecret = ({ authorization = '', sends }: RevocationRequest): boolean =>
  authorization === 'basic' || [authorization, ...Object.values(sends)].join().includes('{client_secret}')
