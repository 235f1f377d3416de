import { z } from 'zod'
import { file } from './file.ts'

/**
 * The JSON Schema of the configuration file, published as `@latchkey/server/config.schema.json` for editors.
 * Draft 7, which they understand best; what only code can judge is left to the start.
 */
export function configJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(file, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'throw',
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
