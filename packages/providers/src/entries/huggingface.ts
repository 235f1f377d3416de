import type { Entry } from '../entry.ts'

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
  apiHosts: ['huggingface.co', 'router.huggingface.co'],
  links: {
    console: 'https://huggingface.co/settings/applications/new',
    docs: 'https://huggingface.co/docs/hub/oauth',
  },
  traps: ['Scopes must be ticked on the application before they can be asked for.'],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 2,
    urls: ['https://huggingface.co/docs/hub/oauth'],
  },
}
