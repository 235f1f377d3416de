import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testConfig, testSecret } from './config.fixture.ts'
import { ConfigError } from './errors.ts'
import { loadConfig } from './load.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-config-'))
})
afterAll(() => rm(folder, { recursive: true }))

let count = 0
/** Writes files into a folder of their own. */
async function write(files: Record<string, string>): Promise<string> {
  const cwd = await mkdtemp(join(folder, `${count++}-`))
  for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text)
  return cwd
}

const json = JSON.stringify(testConfig)
const env = { LATCHKEY_SECRET: testSecret }

async function mistakeOf(loading: Promise<unknown>) {
  const error = await loading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ConfigError)) throw new Error('expected a ConfigError', { cause: error })
  return error
}

describe('loadConfig', () => {
  it('reads JSON as people write it: comments, a trailing comma, variables, paths beside the file', async () => {
    const cwd = await write({
      'latchkey.config.json': `{
        "$schema": "./node_modules/@latchkey/server/config.schema.json",
        "issuer": "https://auth.example.com", // with a comment
        "secrets": ["\${LATCHKEY_SECRET}"],
        /* and another */
        "storage": "sqlite:./data.db",
        "clients": [{ "id": "web", "redirect_uris": ["https://a.example/"], "origins": ["https://a.example"], }],
      }`,
    })
    const config = await loadConfig({ env, cwd })
    expect(config.storage).toMatchObject({ file: join(cwd, 'data.db') })
    expect(config.secrets).toHaveLength(1)
    expect(await loadConfig({ file: join(cwd, 'latchkey.config.json'), env, cwd: '/' })).toEqual(config)
  })

  it.each<[string, Record<string, string>, string | undefined, RegExp]>([
    ['no file at all', {}, undefined, /latchkey\.config\.json.*--config/],
    [
      'two files',
      { 'latchkey.config.json': json, 'latchkey.config.mjs': '' },
      undefined,
      /json and latchkey.config.mjs/,
    ],
    ['a named file that is not there', {}, 'missing.json', /cannot be read: ENOENT/],
    ['a named module that is not there', {}, 'missing.mjs', /cannot be read: ENOENT/],
    ['a folder', {}, '..', /neither \.json/],
    ['another kind of file', { 'a.yaml': 'a: b' }, 'a.yaml', /neither \.json nor \.ts/],
    [
      'broken JSON',
      { 'a.json': '{\n "secrets": ["canary" "b"] }' },
      'a.json',
      /is not JSON: expected .* \(line 2, column 23\)/,
    ],
    ['an empty file', { 'a.json': '' }, 'a.json', /ends too early/],
    ['a huge file', { 'a.json': ' '.repeat(1024 * 1024 + 1) }, 'a.json', /larger than 1 MiB/],
  ])('names the mistake of %s, without quoting the file', async (_, files, file, words) => {
    const cwd = await write(files)
    const error = await mistakeOf(loadConfig({ ...(file === undefined ? {} : { file }), env, cwd }))
    expect(error.mistakes).toHaveLength(1)
    expect(error.message).toMatch(words)
    expect(error.message).not.toContain('canary')
  })

  it('names the file, keys that stand twice, and all the rest at once', async () => {
    const cwd = await write({
      'a.json': `{ "issuer": "https://x.example", "issuer": "https://y.example", "secrets": [], "listen": 1 }`,
    })
    const error = await mistakeOf(loadConfig({ file: 'a.json', env, cwd }))
    expect(error.mistakes.map(({ path }) => path)).toEqual(['issuer', 'secrets', 'listen'])
    expect(error.mistakes[0]?.problem).toContain('stands twice')
    expect(error.message).toMatch(/^3 mistakes in a\.json:/)
  })

  it('says that JSON holds no hooks', async () => {
    const cwd = await write({ 'a.json': JSON.stringify({ ...testConfig, hooks: { claims: 'x' } }) })
    expect((await mistakeOf(loadConfig({ file: 'a.json', env, cwd }))).message).toMatch(
      /latchkey\.config\.ts/,
    )
  })
})

/** Modules are loaded by Node itself, so by a Node of its own: here an import would go through the test runner. */
describe('a module', () => {
  type Outcome = { issuer?: string; file?: string; message?: string }
  const files: Record<string, string> = {
    'a.ts': `const issuer: string = 'https://auth.example.com'\nexport default { ...${json}, issuer, hooks: { claims: () => ({}) } }`,
    'b.mts': `type Loose = Record<string, unknown>\nexport default { ...${json} } satisfies Loose`,
    'c.mjs': `export default ${json}`,
    'd.js': `export default ${json}`,
    'e.js': `module.exports = ${json}`,
    'throws.mjs': 'throw new TypeError("canary")',
    'slip.mjs': 'export default { secret: "canary", ',
    'enum.ts': 'enum A { B = "canary" }\nexport default A',
    'bare.mjs': 'export const config = {}',
    'wrong.mjs': 'export default { issuer: "https://auth.example.com/" }',
  }
  const outcomes = new Map<string, Outcome>()

  beforeAll(async () => {
    const cwd = await write(files)
    const script = `
      import { loadConfig } from ${JSON.stringify(new URL('./load.ts', import.meta.url).href)}
      for (const file of ${JSON.stringify(Object.keys(files))}) {
        const outcome = await loadConfig({ file, env: {}, cwd: ${JSON.stringify(cwd)} }).then(
          ({ issuer, storage }) => ({ issuer, file: storage.file }),
          ({ message }) => ({ message }),
        )
        console.log(JSON.stringify([file, outcome]))
      }`
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--conditions=@latchkey/source',
      '--input-type=module',
      '--eval',
      script,
    ])
    for (const line of stdout.trim().split('\n')) {
      const [file, outcome]: [string, Outcome] = JSON.parse(line)
      outcomes.set(file, outcome)
    }
  })

  it.each(['a.ts', 'b.mts', 'c.mjs', 'd.js', 'e.js'])('%s is loaded, its paths beside it', (name) => {
    expect(outcomes.get(name)).toMatchObject({
      issuer: 'https://auth.example.com',
      file: expect.stringMatching(/config-.*latchkey\.db$/),
    })
  })

  it.each([
    ['throws.mjs', /throws\.mjs cannot be loaded: TypeError/],
    ['slip.mjs', /slip\.mjs cannot be loaded: SyntaxError/],
    ['enum.ts', /enum\.ts cannot be loaded: ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX/],
    ['bare.mjs', /bare\.mjs has no default export.*export default/],
    ['wrong.mjs', /2 mistakes in wrong\.mjs:/],
  ])('%s is a mistake, and is not quoted', (name, words) => {
    expect(outcomes.get(name)?.message).toMatch(words)
    expect(outcomes.get(name)?.message).not.toContain('canary')
  })
})
