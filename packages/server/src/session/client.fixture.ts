import type { ClientConfig } from '../config/types.ts'

/** A client as far as signing out knows it. */
export const clientWith = (id: string, postLogoutRedirectUris: string[]): ClientConfig => ({
  id,
  postLogoutRedirectUris,
  redirectUris: [],
  origins: [],
  resources: [],
  scopes: [],
  grantTypes: [],
  dpop: 'required',
  responseModes: ['fragment'],
  sameSite: false,
  allowGetAuthorize: false,
  requirePushedAuthorizationRequests: false,
})
