import type { Entry } from '../entry.ts'

// TODO localhost: docs example uses it
export const entry: Entry = {
  id: 'huggingface',
  name: 'Hugging Face',
  protocol: 'oidc',
  domains: ['huggingface.co'],
  issuer: 'https://huggingface.co',
  endpoints: {
    authorization: 'https://huggingface.co/oauth/authorize',
    token: 'https://huggingface.co/oauth/token',
    userinfo: 'https://huggingface.co/oauth/userinfo',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['openid', 'profile', 'email'] },
  identity: { from: 'id-token' },
  refresh: { issued: 'unknown' },
  localhost: 'allowed',
  links: { docs: 'https://huggingface.co/docs/hub/oauth' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}
