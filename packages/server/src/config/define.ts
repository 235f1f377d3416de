import type { FileInput } from './schema/file.ts'
import type { Hooks } from './types.ts'

/**
 * A configuration in code: the keys of the file, and hooks, beside them or together under `hooks`. `${NAME}` in strings
 * is replaced here too.
 */
export type ConfigInput = FileInput & Hooks & { hooks?: Hooks }

/** Types a configuration file: `export default defineConfig({ ... })`. Returns what it is given. */
export const defineConfig = (config: ConfigInput): ConfigInput => config
