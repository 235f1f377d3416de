export { begin } from './begin.ts'
export { createJourneyCookies, type JourneyCookies, surplus } from './cookies.ts'
export { finish, storageDown } from './finish.ts'
export type { CodeGrant } from './grant.ts'
export { createJourneyCodec, type Journey, type JourneyCodec, journeyLifetime } from './journey.ts'
export { redeem } from './redeem.ts'
export {
  checkProvider,
  identifyClient,
  type JourneyRequest,
  type RequestRules,
  type ReturnTarget,
  readRequest,
  returnTarget,
} from './request.ts'
