import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'mailup',
  name: 'MailUp',
  protocol: 'oauth2',
  domains: ['mailup.com'],
  endpoints: {
    authorization: 'https://services.mailup.com/Authorization/OAuth/Authorization',
    token: 'https://services.mailup.com/Authorization/OAuth/Token',
    userinfo: 'https://services.mailup.com/API/v1.1/Rest/ConsoleService.svc/Console/Authentication/Info',
  },
  identity: {
    from: 'nothing',
    because: 'It names an account by its user name and a number that is not said to be unique or permanent.',
  },
  refresh: { issued: 'yes' },
  localhost: 'unknown',
  apiHosts: ['services.mailup.com'],
  links: { docs: 'https://help.mailup.com/display/mailupapi/REST+API' },
  traps: [
    'Client id and secret come from the developer section of a MailUp account, which support switches on.',
  ],
  verified: {
    degree: 'sources',
    on: '2026-11',
    sources: 2,
    urls: ['https://help.mailup.com/display/mailupapi/Accounts'],
  },
}
