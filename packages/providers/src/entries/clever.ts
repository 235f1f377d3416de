import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'clever',
  name: 'Clever',
  protocol: 'oidc',
  domains: ['clever.com'],
  issuer: 'https://clever.com',
  endpoints: {
    authorization: 'https://clever.com/oauth/authorize',
    token: 'https://clever.com/oauth/tokens',
    userinfo: 'https://api.clever.com/v3.0/me',
  },
  scopes: {
    signIn: [
      'openid',
      'read:district_admins',
      'read:districts',
      'read:resources',
      'read:school_admins',
      'read:schools',
      'read:sections',
      'read:student_contacts',
      'read:students',
      'read:teachers',
      'read:user_id',
    ],
  },
  quirks: ['id-token-missing'],
  identity: {
    from: 'userinfo',
    subject: 'data.id',
    email: 'data.email',
    picture: 'user.image_192',
  },
  refresh: { issued: 'unknown' },
  localhost: 'unknown',
  links: { docs: 'https://dev.clever.com/docs/oauth-oidc-overview' },
  verified: { degree: 'sources', on: '2026-11', sources: 2 },
}
