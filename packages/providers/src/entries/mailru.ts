import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'mailru',
  name: 'Mail.ru',
  protocol: 'oauth2',
  domains: ['mail.ru'],
  endpoints: {
    authorization: 'https://oauth.mail.ru/login',
    token: 'https://oauth.mail.ru/token',
    userinfo: 'https://oauth.mail.ru/userinfo',
  },
  clientAuthentication: 'basic',
  scopes: { signIn: ['userinfo'] },
  quirks: ['nonstandard-token-fields'],
  wire: { userinfoQuery: { access_token: '{access_token}' }, authorizationScheme: 'none' },
  identity: {
    from: 'userinfo',
    subject: 'id',
    name: 'name',
    email: 'email',
    picture: 'image',
  },
  refresh: { issued: 'yes', omitted: true, accessTokenSeconds: 3600 },
  localhost: 'unknown',
  links: { console: 'https://o2.mail.ru/app/', docs: 'https://id.mail.ru/docs' },
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: [
      'One source has the platform of connect.mail.ru, which the others have left.',
      'A source takes the address as subject; the id stays when an address goes to somebody else.',
    ],
  },
}
