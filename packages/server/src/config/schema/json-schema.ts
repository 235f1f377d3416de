import { z } from 'zod'
import { writtenFile } from './file.ts'
import { knownProvider } from './known-provider.ts'

/**
 * The JSON Schema of the configuration file, published as `@latchkey/server/config.schema.json` for editors.
 * Draft 7, which they understand best; what only code can judge is left to the start.
 */
export function configJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(writtenFile, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'throw',
    override({ zodSchema, jsonSchema }) {
      if (zodSchema !== knownProvider) return
      // there the catalogue says what holds by default
      for (const property of Object.values(jsonSchema.properties ?? {})) {
        if (typeof property === 'object') delete property.default
      }
    },
  })
  return {
    $schema,
    title: 'Latchkey configuration',
    // vocabulary of VS Code's JSON editor
    allowComments: true,
    allowTrailingCommas: true,
    ...schema,
  }
}

/** As it is written to the file. */
export const configJsonSchemaText = (): string => `${JSON.stringify(configJsonSchema(), null, 2)}\n`
