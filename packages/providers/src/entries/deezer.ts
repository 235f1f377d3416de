import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'deezer',
  name: 'Deezer',
  protocol: 'oauth2',
  domains: ['deezer.com'],
  endpoints: {
    authorization: 'https://connect.deezer.com/oauth/auth.php',
    token: 'https://connect.deezer.com/oauth/access_token.php',
    userinfo: 'https://api.deezer.com/user/me',
  },
  scopes: { separator: ',', signIn: ['basic_access', 'email'], connect: ['basic_access', 'offline_access'] },
  quirks: [
    'error-with-http-200',
    'expires-in-zero',
    'form-encoded-response',
    'nonstandard-token-fields',
    'state-unsupported',
  ],
  wire: {
    authorizeNames: { client_id: 'app_id', scope: 'perms' },
    callbackNames: { error: 'error_reason' },
    callbackRefusals: ['user_denied'],
    tokenNames: { client_id: 'app_id', client_secret: 'secret' },
    tokenMembers: { expires_in: 'expires' },
    userinfoQuery: { access_token: '{access_token}' },
    authorizationScheme: 'none',
  },
  identity: { from: 'userinfo', subject: 'id', name: 'name', email: 'email', picture: 'picture' },
  refresh: {
    issued: 'no',
    note: 'With the permission offline_access the access token does not end.',
  },
  localhost: 'allowed',
  apiHosts: ['api.deezer.com'],
  links: { console: 'https://developers.deezer.com/myapps', docs: 'https://developers.deezer.com/api/oauth' },
  ending: 'Deezer has stopped taking new apps; those that exist go on working.',
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 3,
    decisions: ['Permissions are joined with commas, as the documentation has them.'],
  },
}
