export { begin } from './begin.ts'
export { type BrowserBindings, createBrowserBindings } from './browser-binding.ts'
export { createJourneyCookies, type JourneyCookies, surplus } from './cookies.ts'
export { finish } from './finish.ts'
export type { CodeGrants, LinkGrant, SignInGrant } from './grant.ts'
export {
  createJourneyCodec,
  type Intent,
  type Journey,
  type JourneyCodec,
  journeyLifetime,
  type PushedReference,
} from './journey.ts'
export { createPushedRequests, type PushedRequests, pushedSeconds } from './pushed.ts'
export { type RedeemDeps, redeem } from './redeem.ts'
export {
  checkProvider,
  clientOf,
  identifyClient,
  type JourneyRequest,
  type RequestRules,
  type ReturnTarget,
  readRequest,
  returnTarget,
} from './request.ts'
export { doing, rethrowForSpa } from './upstream-error.ts'
