export type { Timers } from './background.ts'
export { type Clock, systemClock } from './clock.ts'
export {
  type ClientConfig,
  type Config,
  ConfigError,
  type ConfigInput,
  defineConfig,
  type Hooks,
  type LatchkeyEvent,
  type ListenConfig,
  loadConfig,
  type Mistake,
} from './config/index.ts'
export { type CreateLatchkeyOptions, createLatchkey } from './create.ts'
export { AnsweredError, ApiError, LatchkeyError, PageError, RedirectError } from './errors.ts'
export type { Sender } from './http/deps.ts'
export { type Listening, listen } from './http/listen.ts'
export type { Rotation, RotationMode } from './keys/index.ts'
export { type Latchkey, openLatchkey } from './latchkey.ts'
export { createLogger, type Logger, silentLogger } from './logging.ts'
