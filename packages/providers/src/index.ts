export { catalogue, entryOf } from './catalogue.ts'
export type {
  Endpoints,
  Entry,
  Identity,
  Links,
  OAuth1,
  Placeholder,
  ProfileFields,
  Refresh,
  Scopes,
  Verification,
} from './entry.ts'
export { knownQuirks, type Quirk, type QuirkName, quirks, quirksOf, rulesFor } from './quirks/index.ts'
export { signsIn, whyNoSignIn } from './signs-in.ts'
export { fillTenant, type TenantProblem } from './tenant.ts'
export { type RevocationRequest, standardRules, type TokenExchange, type WireRules } from './wire.ts'
