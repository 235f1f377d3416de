import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testConfig } from '../config/config.fixture.ts'
import { runCommand } from './run.fixture.ts'

let cwd = ''
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'latchkey-catalogue-'))
})
afterEach(() => rm(cwd, { recursive: true }))

const run = (...args: string[]) => runCommand(cwd, args)
const write = (text: string | object, file = 'latchkey.config.json') =>
  writeFile(join(cwd, file), typeof text === 'string' ? text : JSON.stringify(text))
const read = (file = 'latchkey.config.json') => readFile(join(cwd, file), 'utf8')

describe('latchkey providers', () => {
  it('is a table that fits a terminal', async () => {
    const { code, stdout, stderr } = await run('providers')
    expect(code).toBe(0)
    const [head, ...rows] = stdout.trimEnd().split('\n')
    expect(head).toMatch(/^ID +NAME +SPEAKS +USE +TENANT +KNOWN BY$/)
    expect(rows.length).toBeGreaterThan(300)
    expect(rows.filter((row) => row.length > 80)).toEqual([])
    expect(rows.find((row) => row.startsWith('google '))).toMatch(/Google +oidc +sign in/)
    expect(stderr).toMatch(/latchkey providers ID/)
  })

  it('can be filtered, and be read by programs', async () => {
    const list = async (...flags: string[]) => {
      const { stdout } = await run('providers', '--json', ...flags)
      const { providers }: { providers: { id: string; protocol: string; sign_in: boolean }[] } =
        JSON.parse(stdout)
      return providers
    }
    const all = await list()
    const connect = await list('--connect')
    const signIn = await list('--sign-in', '--protocol', 'oidc')
    expect(connect.some(({ sign_in }) => sign_in)).toBe(false)
    expect(connect.length + (await list('--sign-in')).length).toBe(all.length)
    expect(new Set(signIn.map(({ protocol }) => protocol))).toEqual(new Set(['oidc']))
    expect(all.find(({ id }) => id === 'shopify')).toEqual({
      ...{
        id: 'shopify',
        name: 'Shopify',
        protocol: 'oauth2',
        sign_in: false,
        connect: true,
        tenant: ['shop'],
      },
      verified: {
        degree: expect.any(String),
        on: expect.stringMatching(/^\d{4}-\d{2}$/),
        sources: expect.any(Number),
      },
    })
  })
})

describe('latchkey providers ID', () => {
  it('says what to register and what to write, without a configuration', async () => {
    const { code, stdout, stderr } = await run('providers', 'google')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('redirect URI  http://127.0.0.1:4000/callback/google')
    expect(stdout).toContain(`"client_secret": "\${GOOGLE_CLIENT_SECRET}"`)
    expect(stdout).toMatch(/How well it is known\nChecked with its documentation in \d{4}-\d{2}/)
    const long = stdout.split('\n').filter((line) => line.length > 80 && line.trim().includes(' '))
    expect(long.filter((line) => !/https:\/\//.test(line))).toEqual([])
  })

  it.each<[string, RegExp]>([
    ['google', /Signs people in; accounts can be connected\./],
    ['wecom', /Signs people in; no account can be connected: its tokens are the\s+app's own\./],
    ['ecwid', /Accounts can be connected; it signs nobody in: The token names the\s+store,/],
    ['tripit', /Accounts can be connected; it signs nobody in: It\s+speaks\s+OAuth\s+1\.0,/],
  ])('says what %s is good for', async (id, words) => {
    expect((await run('providers', id)).stdout).toMatch(words)
  })

  it('names the redirect URI of the configuration, under the key that it has there', async () => {
    await write({ ...testConfig, providers: { google: {}, staff: { catalogue: 'google' } } })
    const { stdout } = await run('providers', 'google')
    expect(stdout).toContain('redirect URI  https://auth.example.com/callback/google\n')
    expect(stdout).toContain('redirect URI  https://auth.example.com/callback/staff\n')
  })

  it('takes a configuration that is not finished yet', async () => {
    await write({ issuer: `\${PUBLIC_URL}`, secrets: 7 })
    expect((await run('providers', 'google')).stdout).toContain('  http://127.0.0.1:4000/callback/google\n')
    expect((await run('providers', 'google', '--issuer', 'https://a.test')).stdout).toContain(
      '  https://a.test/callback/google\n',
    )
  })

  it('--json', async () => {
    const { stdout } = await run('providers', 'shopify', '--json', '--issuer', 'https://a.test')
    expect(JSON.parse(stdout)).toMatchObject({
      id: 'shopify',
      redirect_uri: 'https://a.test/callback/shopify',
      redirect_uris: ['https://a.test/callback/shopify'],
      tenant: [{ key: 'shop' }],
      configuration: { shop: `\${SHOPIFY_SHOP}`, client_id: `\${SHOPIFY_CLIENT_ID}` },
      environment: ['SHOPIFY_SHOP', 'SHOPIFY_CLIENT_ID', 'SHOPIFY_CLIENT_SECRET'],
      quirks: expect.arrayContaining([{ name: 'signed-callback', description: expect.any(String) }]),
    })
  })

  it.each<[string[], RegExp]>([
    [['gogle'], /no provider "gogle"; did you mean "google"\?/],
    [['no-such-thing-anywhere'], /"latchkey providers" lists it/],
    [['google', '--issuer', 'a.test'], /--issuer is not an absolute URL/],
    [['google', '-c', 'missing.json'], /missing\.json cannot be read/],
    [['--protocol', 'saml'], /oidc, oauth2, oauth1/],
  ])('%j ends with 2', async (args, words) => {
    const { code, stdout, stderr } = await run('providers', ...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(words)
  })
})

const written = `{
  // where we are
  "issuer": "https://auth.example.com",
  "secrets": ["\${SECRET}"],
  "providers": {
    "acme": { "type": "oidc" }, // ours
    /* more to come */
  },
  "clients": []
}
`

describe('latchkey add provider', () => {
  it('leaves everything else as it is written', async () => {
    await write(written)
    const { code, stdout, stderr } = await run('add', 'provider', 'google')
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'https://auth.example.com/callback/google\n' })
    expect(stderr).toMatch(/Added "google"[\s\S]*GOOGLE_CLIENT_ID[\s\S]*GOOGLE_CLIENT_SECRET/)
    expect(await read()).toBe(
      written.replace(
        '    /* more to come */\n',
        `    /* more to come */
    "google": {
      "client_id": "\${GOOGLE_CLIENT_ID}",
      "client_secret": "\${GOOGLE_CLIENT_SECRET}"
    },
`,
      ),
    )
  })

  it('under another key, of a tenant, for connecting', async () => {
    await write(testConfig)
    const args = ['shopify', '--as', 'shop-2', '--set', 'shop=acme', '--connect', '--json']
    const { stdout } = await run('add', 'provider', ...args)
    expect(JSON.parse(stdout)).toMatchObject({
      id: 'shopify',
      key: 'shop-2',
      file: join(cwd, 'latchkey.config.json'),
      redirect_uri: 'https://auth.example.com/callback/shop-2',
      environment: ['SHOP_2_CLIENT_ID', 'SHOP_2_CLIENT_SECRET'],
    })
    expect(JSON.parse(await read()).providers['shop-2']).toEqual({
      catalogue: 'shopify',
      shop: 'acme',
      client_id: `\${SHOP_2_CLIENT_ID}`,
      client_secret: `\${SHOP_2_CLIENT_SECRET}`,
      connect: true,
    })
    expect(await run('check')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^latchkey: 2 mistakes/),
    })
  })

  it('a value that looks like a variable is a value', async () => {
    await write(testConfig)
    await run('add', 'provider', 'stackexchange', '--set', `key=a\${PATH}b`)
    expect(JSON.parse(await read()).providers.stackexchange.key).toBe(`a$\${PATH}b`)
  })

  it("keeps the file's mode, and leaves nothing beside it", async () => {
    await write(testConfig)
    await run('add', 'provider', 'google')
    const { mode } = await stat(join(cwd, 'latchkey.config.json'))
    await writeFile(join(cwd, 'other'), '')
    expect(mode).toBe((await stat(join(cwd, 'other'))).mode)
  })

  it('prints what to write where the configuration is code', async () => {
    await write('export default {}', 'latchkey.config.mjs')
    const { code, stdout, stderr } = await run('add', 'provider', 'google')
    expect(code).toBe(1)
    expect(stderr).toMatch(/is code/)
    expect(stdout).toMatch(/"google": \{\n {4}"client_id"/)
    expect(await read('latchkey.config.mjs')).toBe('export default {}')
  })

  it.each<[string, string[], string | undefined, RegExp]>([
    ['an id that is none', ['gogle'], written, /did you mean "google"/],
    ['a provider that is there', ['google', '--as', 'acme'], written, /has a provider "acme" already.*--as/],
    ['a key that is none', ['google', '--as', 'My Google'], written, /--as takes/],
    ['a tenant that is none', ['google', '--set', 'shop=acme'], written, /no such key/],
    ['a tenant that leads elsewhere', ['shopify', '--set', 'shop=evil.example/'], written, /--set shop: /],
    ['accounts of an app, to be connected', ['wecom', '--connect'], written, /--connect: WeCom only signs/],
    ['a setting that is none', ['shopify', '--set', 'shop'], written, /key=value/],
    ['no configuration', ['google'], undefined, /--config/],
  ])('%s ends with 2 and changes nothing', async (_, args, text, words) => {
    if (text !== undefined) await write(text)
    const { code, stdout, stderr } = await run('add', 'provider', ...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(words)
    if (text !== undefined) expect(await read()).toBe(text)
  })
})
