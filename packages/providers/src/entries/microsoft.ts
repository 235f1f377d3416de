import type { Entry } from '../entry.ts'

export const entry: Entry = {
  id: 'microsoft',
  name: 'Microsoft',
  protocol: 'oidc',
  domains: ['microsoft.com', 'microsoftonline.com'],
  tenant: {
    tenant: {
      description:
        'Whose accounts: common, organizations, consumers, or one directory by its id or a verified domain',
      example: 'contoso.onmicrosoft.com',
      kind: 'segment',
      pattern:
        'common|organizations|consumers|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|([a-z0-9-]+[.])+[a-z]{2,}',
      default: 'common',
    },
  },
  issuer: 'https://login.microsoftonline.com/{tenant}/v2.0',
  endpoints: {
    authorization: 'https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize',
    token: 'https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token',
    userinfo: 'https://graph.microsoft.com/oidc/userinfo',
  },
  scopes: {
    signIn: ['openid', 'profile', 'email'],
    connect: ['openid', 'profile', 'email', 'offline_access'],
  },
  quirks: ['email-not-verified', 'scope-not-echoed', 'subject-scoped-to-app'],
  wire: { issuerTemplate: 'https://login.microsoftonline.com/{tid}/v2.0' },
  identity: { from: 'id-token' },
  refresh: {
    issued: 'conditional',
    endsUnusedAfterDays: 90,
    note: 'Only with offline_access; each use brings a new one and leaves the old one alive; tokens of redirect URIs of the type spa end after 24 hours.',
  },
  localhost: 'allowed',
  apiHosts: ['graph.microsoft.com'],
  links: {
    console: 'https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps',
    docs: 'https://learn.microsoft.com/en-us/entra/identity-platform/v2-protocols-oidc',
  },
  traps: [
    'Register the redirect URI under the platform Web, not Single-page application, or the secret is refused.',
    'The supported account types of the app must match tenant: personal accounts get in only where they are included.',
    'A client secret ends after two years at most, and the value is shown once; its id is not the secret.',
  ],
  verified: {
    degree: 'documentation',
    on: '2026-11',
    sources: 5,
    urls: ['https://learn.microsoft.com/entra/identity-platform/refresh-tokens'],
    decisions: [
      'A source takes oid as subject, which stays the same across apps but may be missing; sub is always there.',
      'The administrator of any directory sets e-mail addresses freely, so none counts as verified.',
    ],
  },
}
