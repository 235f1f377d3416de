export { begin } from './begin.ts'
export { type BrowserBindings, createBrowserBindings } from './browser-binding.ts'
export { createJourneyCookies, type JourneyCookies, surplus } from './cookies.ts'
export { finish, rethrowForSpa } from './finish.ts'
export type { LinkGrant, SignInGrant } from './grant.ts'
export {
  createJourneyCodec,
  type Intent,
  type Journey,
  type JourneyCodec,
  journeyLifetime,
  type PushedReference,
} from './journey.ts'
export { createPushedRequests, type PushedRequests, pushedSeconds } from './pushed.ts'
export { redeem } from './redeem.ts'
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
