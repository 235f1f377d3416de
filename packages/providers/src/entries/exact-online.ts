import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'exact-online',
  name: 'Exact Online',
  protocol: 'oauth2',
  domains: [
    'exactonline.nl',
    'exactonline.be',
    'exactonline.de',
    'exactonline.co.uk',
    'exactonline.fr',
    'exactonline.es',
    'exactonline.com',
  ],
  tenant: {
    country: {
      description: "The end of the site's host, by the country where the company is a customer",
      example: 'be',
      kind: 'choice',
      choices: ['nl', 'be', 'de', 'co.uk', 'fr', 'es', 'com'],
      default: 'nl',
    },
  },
  endpoints: {
    authorization: 'https://start.exactonline.{country}/api/oauth2/auth',
    token: 'https://start.exactonline.{country}/api/oauth2/token',
    userinfo: 'https://start.exactonline.{country}/api/v1/current/Me',
  },
  quirks: ['nonstandard-token-fields'],
  wire: { userinfoQuery: { $select: 'UserID,FullName,Email,CurrentDivision' } },
  identity: {
    from: 'userinfo',
    subject: 'd.results.0.UserID',
    name: 'd.results.0.FullName',
    email: 'd.results.0.Email',
  },
  refresh: { issued: 'yes', rotates: true, accessTokenSeconds: 600, endsUnusedAfterDays: 30 },
  localhost: 'unknown',
  apiHosts: ['start.exactonline.{country}'],
  links: {
    console: 'https://apps.exactonline.com/',
    docs: 'https://support.exactonline.com/community/s/knowledge-base#All-All-DNO-Content-oauth-eol-oauth-dev-impleovervw',
  },
  traps: [
    'An access token may be refreshed no earlier than half a minute before its end.',
    'The app and the company must be on the site of the same country.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    decisions: ['The site of each country is a choice, with that of the Netherlands as the default.'],
  },
}
