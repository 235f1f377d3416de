import type { Quirk } from './quirk.ts'

/** The provider's answer to the browser. */
export const callbackQuirks: readonly Quirk[] = [
  {
    name: 'form-post-callback',
    description: 'the callback arrives as a cross-site POST',
    holds: ({ responseMode }) => responseMode === 'form_post',
  },
  {
    name: 'signed-callback',
    description: 'the callback query is signed with the client secret',
    rules: { callbackSignature: 'hmac-sha256-query' },
  },
  {
    name: 'tenant-in-callback',
    description: 'a tenant or region comes as an extra callback parameter',
    holds: ({ wire }) =>
      // What goes back to the token endpoint names no tenant.
      (wire?.keepFromCallback?.some((name) => wire.sendFromCallback?.includes(name) !== true) ?? false) ||
      wire?.tokenHost !== undefined ||
      wire?.callbackTenant !== undefined,
  },
  {
    name: 'code-suffix',
    description: 'the code carries a suffix that must be stripped',
    holds: ({ wire }) => wire?.codeSuffix !== undefined,
  },
  {
    name: 'code-param-renamed',
    description: 'the code parameter has another name',
    holds: ({ wire }) => wire?.callbackNames?.code !== undefined,
  },
  {
    name: 'callback-error-nonstandard',
    description: 'errors on the callback use other names or values',
    holds: ({ wire }) => wire?.callbackNames?.error !== undefined || wire?.callbackRefusals !== undefined,
  },
  {
    name: 'name-only-on-first-login',
    description: "the person's name comes once only, in the first form_post answer",
    rules: { nameInFormPost: true },
  },
]
