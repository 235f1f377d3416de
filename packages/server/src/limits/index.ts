export { createLimiter, type Limiter, type Refusal } from './limiter.ts'
export { openWindows } from './open.ts'
export type { Windows } from './windows.ts'
