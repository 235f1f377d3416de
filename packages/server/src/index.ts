import { defineConfig } from './config/index.ts'
import type { Latchkey, LatchkeyParts } from './latchkey.ts'

export { defineConfig }
