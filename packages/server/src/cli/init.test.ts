import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadConfig } from '../config/index.ts'
import { openLatchkey } from '../latchkey.ts'
import { silentLogger } from '../logging.ts'
import { runCommand } from './run.fixture.ts'

let cwd = ''
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'latchkey-init-'))
})
afterEach(() => rm(cwd, { recursive: true }))

const app = 'http://localhost:5173'
const run = (...args: string[]) => runCommand(cwd, args)
const init = (...args: string[]) => run('init', ...args)
const read = (file: string) => readFile(join(cwd, file), 'utf8')
const write = (file: string, text: string) => writeFile(join(cwd, file), text)
const variables = async (): Promise<Record<string, string | undefined>> => parseEnv(await read('.env'))
const isThere = (file: string) =>
  stat(join(cwd, file)).then(
    () => true,
    () => false,
  )

/** Answers in order, and no more questions than those. */
function person(...answers: string[]) {
  const questions: string[] = []
  const ask = async (question: string, byDefault: string) => {
    questions.push(question)
    const answer = answers.shift()
    if (answer === undefined) throw new Error(`nobody expects: ${question}`)
    return answer === '' ? byDefault : answer
  }
  return { ask, questions }
}

describe('latchkey init', () => {
  it('writes what check, doctor and serve take without a word', async () => {
    const { code, stdout } = await init('--origin', app, '--provider', 'google')
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'http://127.0.0.1:4000/callback/google\n' })
    const env = { ...(await variables()), GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'x'.repeat(32) }
    const text = Object.entries(env).map(([name, value]) => `${name}=${value}\n`)
    await write('.env', text.join(''))
    expect(await run('check', '--env-file', '.env')).toEqual({
      code: 0,
      stdout: 'ok http://127.0.0.1:4000\n',
      stderr: '',
    })
    const doctor = await run('doctor', '--json', '--env-file', '.env')
    const { findings }: { findings: { verdict: string }[] } = JSON.parse(doctor.stdout)
    expect(findings.filter(({ verdict }) => verdict === 'warn' || verdict === 'fail')).toEqual([])

    const config = await loadConfig({ cwd, env })
    expect(config.warnings).toEqual([])
    const latchkey = await openLatchkey(config, { logger: silentLogger })
    const answer = await latchkey.fetch(new Request('http://127.0.0.1:4000/.well-known/openid-configuration'))
    await latchkey.close()
    expect(answer.status).toBe(200)
    expect(await isThere('latchkey.db')).toBe(true)
  })

  it('says what is missing until the credentials are filled in', async () => {
    await init('--origin', app, '--provider', 'google')
    const { code, stderr } = await run('check', '--env-file', '.env')
    expect(code).toBe(2)
    expect(stderr).toMatch(/GOOGLE_CLIENT_ID is empty[\s\S]*GOOGLE_CLIENT_SECRET is empty/)
  })

  it('keeps a secret of its own to its owner, each time another', async () => {
    await init('--origin', app)
    const { LATCHKEY_SECRET: first } = await variables()
    expect(Buffer.from(first ?? '', 'base64url')).toHaveLength(32)
    expect((await stat(join(cwd, '.env'))).mode & 0o777).toBe(0o600)
    expect(await read('latchkey.config.json')).not.toContain(first)
    await rm(join(cwd, '.env'))
    await rm(join(cwd, 'latchkey.config.json'))
    const { stdout, stderr } = await init('--origin', app)
    const { LATCHKEY_SECRET: second } = await variables()
    expect(second).not.toBe(first)
    expect(stdout + stderr).not.toContain(second)
  })

  it('adds to an .env what it lacks, and changes no line of it', async () => {
    const before = 'VITE_TITLE="my app"\nLATCHKEY_SECRET=mine'
    await write('.env', before)
    const { stderr } = await init('--origin', app, '--provider', 'google')
    expect(await read('.env')).toMatch(/^VITE_TITLE="my app"\nLATCHKEY_SECRET=mine\n# Google: register /)
    expect(await variables()).toMatchObject({ LATCHKEY_SECRET: 'mine', GOOGLE_CLIENT_ID: '' })
    expect(stderr).toMatch(/LATCHKEY_SECRET was in \.env already/)
    expect(stderr).toMatch(/chmod 600/)
  })

  it.each([
    ['', '.env\nlatchkey.db*\n'],
    ['node_modules', 'node_modules\n.env\nlatchkey.db*\n'],
    ['# all\n/.env*\n', '# all\n/.env*\nlatchkey.db*\n'],
    ['.env\nlatchkey.*\n', '.env\nlatchkey.*\n'],
  ])('adds to .gitignore %j what it does not cover', async (before, after) => {
    await write('.gitignore', before)
    await init('--origin', app)
    expect(await read('.gitignore')).toBe(after)
  })

  it('makes no .gitignore', async () => {
    expect((await init('--origin', app)).stderr).toMatch(/out of version control/)
    expect(await isThere('.gitignore')).toBe(false)
  })

  it('--json, for several origins behind a proxy', async () => {
    const args = ['--origin', 'https://app.example.com', '--origin', 'https://app.example.org', '--json']
    const { stdout } = await init(...args, '--issuer', 'https://auth.example.com', '--provider', 'shopify')
    expect(JSON.parse(stdout)).toEqual({
      file: join(cwd, 'latchkey.config.json'),
      env_file: join(cwd, '.env'),
      issuer: 'https://auth.example.com',
      redirect_uris: { shopify: 'https://auth.example.com/callback/shopify' },
      environment: ['SHOPIFY_SHOP', 'SHOPIFY_CLIENT_ID', 'SHOPIFY_CLIENT_SECRET'],
    })
    const { clients, listen } = await loadConfig({
      cwd,
      env: {
        ...(await variables()),
        SHOPIFY_SHOP: 'acme',
        SHOPIFY_CLIENT_ID: 'i',
        SHOPIFY_CLIENT_SECRET: 's',
      },
    })
    expect(clients[0]?.redirectUris).toEqual([
      'https://app.example.com/callback',
      'https://app.example.org/callback',
    ])
    expect(listen).toEqual({ host: '127.0.0.1', port: 4000 })
  })

  it.each([
    ['http://127.0.0.1:4321', { host: '127.0.0.1', port: 4321 }],
    ['http://localhost:4321/auth', { host: '127.0.0.1', port: 4321 }],
    ['http://[::1]:4321', { host: '::1', port: 4321 }],
    ['http://localhost', { host: '127.0.0.1', port: 80 }],
  ])('listens where the issuer %s is', async (issuer, listen) => {
    await init('--origin', app, '--issuer', issuer)
    expect((await loadConfig({ cwd, env: await variables() })).listen).toEqual(listen)
  })

  it('--ts, somewhere else', async () => {
    const { code, stderr } = await init('--origin', app, '--ts', '--provider', 'google')
    expect(code).toBe(0)
    const text = await read('latchkey.config.ts')
    expect(text).toMatch(
      /^import \{ defineConfig \} from '@latchkey\/server\/config'\n\nexport default defineConfig\(\{\n {2}issuer: "/,
    )
    expect(text).toMatch(/\n {4}google: \{\n {6}client_id: "\$\{GOOGLE_CLIENT_ID\}"/)
    expect(stderr).toMatch(/npx --no latchkey serve --env-file \.env/)
  })

  it('names every file in the commands that come next', async () => {
    const { stderr } = await init('--origin', app, '--config', 'auth.json')
    expect(stderr).toMatch(/npx --no latchkey serve --config auth\.json --env-file \.env/)
  })

  describe('at a terminal', () => {
    it('asks for what is left out', async () => {
      const { ask, questions } = person('', '', 'google github')
      const { code, stdout } = await runCommand(cwd, ['init'], { ask })
      expect(code).toBe(0)
      expect(questions).toHaveLength(3)
      expect(stdout.trim().split('\n')).toHaveLength(2)
      expect(JSON.parse(await read('latchkey.config.json'))).toMatchObject({
        issuer: 'http://127.0.0.1:4000',
        clients: [{ origins: ['http://localhost:5173'] }],
      })
    })

    it('asks again after a wrong answer, and for nothing that a flag says', async () => {
      const { ask } = person('app.example.com', 'https://app.example.com', 'gogle', '')
      const { code, stderr } = await runCommand(cwd, ['init', '--issuer', 'https://auth.example.com'], {
        ask,
      })
      expect(code).toBe(0)
      expect(stderr).toMatch(/not an absolute URL[\s\S]*did you mean "google"/)
    })
  })

  it.each<[string, string[], RegExp]>([
    ['nobody to ask', [], /--origin is needed/],
    ['nobody to ask for the issuer', ['--origin', 'https://app.example.com'], /--issuer is needed/],
    ['an origin that is none', ['--origin', `${app}/`], /--origin: .*take off the path/],
    ['an issuer that is none', ['--origin', app, '--issuer', 'http://auth.example.com'], /--issuer: .*https/],
    ['a provider that is none', ['--origin', app, '--provider', 'gogle'], /did you mean "google"/],
    ['a file of another kind', ['--origin', app, '-c', 'latchkey.yaml'], /endings/],
    ['code in a file for JSON', ['--origin', app, '-c', 'a.json', '--ts'], /--ts/],
  ])('%s ends with 2 and writes nothing', async (_, args, words) => {
    const { code, stdout, stderr } = await init(...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(words)
    expect(await isThere('.env')).toBe(false)
  })

  it.each([
    ['latchkey.config.ts', []],
    ['latchkey.config.json', ['--ts']],
    ['mine.json', ['-c', 'mine.json']],
  ])('overwrites no %s', async (file, args) => {
    await write(file, 'mine')
    expect(await init('--origin', app, ...args)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/there already/),
    })
    expect(await read(file)).toBe('mine')
    expect(await isThere('.env')).toBe(false)
  })
})

describe('--env-file', () => {
  it('adds to the environment, which comes first', async () => {
    await init('--origin', app)
    await write('.env', `LATCHKEY_SECRET=short`)
    expect((await run('check', '--env-file', '.env')).stderr).toMatch(/secrets\[0\]/)
    const env = { LATCHKEY_SECRET: Buffer.alloc(32, 'abcdefghij').toString('base64url') }
    expect((await runCommand(cwd, ['--env-file', '.env', 'check'], { env })).code).toBe(0)
  })

  it('is named to whoever forgets it', async () => {
    await init('--origin', app)
    expect((await run('serve')).stderr).toMatch(/LATCHKEY_SECRET is not set[\s\S]*--env-file \.env reads/)
    await write('.env', '')
    expect((await run('serve', '--env-file=.env')).stderr).not.toMatch(/reads/)
    await rm(join(cwd, '.env'))
    expect((await run('serve')).stderr).not.toMatch(/reads/)
  })

  it('that is not there ends with 2', async () => {
    await init('--origin', app)
    expect(await run('check', '--env-file', 'no.env')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no\.env cannot be read: ENOENT/),
    })
  })
})
