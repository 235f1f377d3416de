import type { Quirk } from './rules.ts'

export const userinfoQuirks: Quirk[] = [
  { name: 'userinfo-post', description: 'userinfo is a POST', rules: { userinfoMethod: 'POST' } },
  {
    name: 'userinfo-wrong-content-type',
    description: 'userinfo is JSON under another content type',
    rules: { userinfoType: 'any' },
  },
  {
    name: 'oauth-auth-scheme',
    description: 'Authorization: OAuth <token>',
    rules: { authorizationScheme: 'OAuth' },
  },
  {
    name: 'email-not-verified',
    description: 'the e-mail address must not be trusted, whatever is said of it',
    rules: { emailVerified: 'never' },
  },
]
