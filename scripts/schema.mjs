// Writes the JSON Schema of the configuration file, for editors, from the schema that the server checks with:
//   node --conditions=@latchkey/source scripts/schema.mjs
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { configJsonSchemaText } from '../packages/server/src/config/schema/json-schema.ts'

const target = fileURLToPath(new URL('../packages/server/config.schema.json', import.meta.url))
writeFileSync(target, configJsonSchemaText())
process.stderr.write(`schema: wrote ${target}\n`)
