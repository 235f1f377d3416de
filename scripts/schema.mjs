// Writes the JSON Schema of the configuration file, for editors, from the schema that the server checks with, and from that
// the table of wire rules in docs/configuration.md:
//   node --conditions=@latchkey/source scripts/schema.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { configJsonSchema, configJsonSchemaText } from '../packages/server/src/config/schema/json-schema.ts'

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** Objects whose members have rows of their own. */
const opened = ['token_host', 'token_success', 'exchange', 'revocation_request']

function wireTable() {
  const provider = configJsonSchema().properties.providers.additionalProperties.anyOf[0].oneOf[0]
  const rows = Object.entries(provider.properties.wire.properties).flatMap(([key, rule]) => [
    row(key, rule, false),
    ...Object.entries((opened.includes(key) && rule.properties) || {}).map(([inner, member]) =>
      row(`${key}.${inner}`, member, rule.required?.includes(inner)),
    ),
  ])
  return ['| key | type | default | meaning |', '|---|---|---|---|', ...rows].join('\n')
}

function row(key, rule, required) {
  const [meaning, fallback = 'none'] = rule.description.replace(/\.$/, '').split(/ Default: /)
  const known = /^("|true$|false$)/.test(fallback) ? `\`${fallback}\`` : fallback
  const said = meaning
    .replace(/\.$/, '')
    .replaceAll(/\{[a-z_.<>]+\}(?:\/[a-z/{}]+)?/g, '`$&`')
    .replaceAll(/"([a-z_]+)"/g, '`$1`')
  return `| \`${key}\` | ${typeOf(rule)} | ${required ? 'required' : known} | ${said} |`
}

/** As documentation.test.ts reads it. */
function typeOf({ anyOf, const: only, enum: names, type, items }) {
  if (anyOf !== undefined) return anyOf.map(typeOf).join(' or ')
  if (only !== undefined) return `\`${JSON.stringify(only)}\``
  if (names !== undefined) {
    return names.length > 4 ? 'name' : names.map((name) => `\`${JSON.stringify(name)}\``).join(', ')
  }
  if (type !== 'array') return type
  const element = typeOf(items)
  const many = element.endsWith('`') ? element : `${element}s`
  return `list of ${many}`
}

const target = at('packages/server/config.schema.json')
writeFileSync(target, configJsonSchemaText())
process.stderr.write(`schema: wrote ${target}\n`)

const page = at('docs/configuration.md')
const text = readFileSync(page, 'utf8')
const [begin, end] = ['<!-- made by scripts/schema.mjs -->\n\n', '\n\n<!-- end -->']
const from = text.indexOf(begin) + begin.length
const to = text.indexOf(end, from)
if (from < begin.length || to < 0) throw new Error(`${page} lost the marks around its table of wire rules`)
writeFileSync(page, `${text.slice(0, from)}${wireTable()}${text.slice(to)}`)
process.stderr.write(`schema: wrote the table of wire rules in ${page}\n`)
