import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testConfig } from '../config/config.fixture.ts'
import { openStorage, type Storage } from '../storage/index.ts'
import { runCommand } from './run.fixture.ts'

/** The database of a server that goes on running meanwhile. */
let storage: Storage
let cwd = ''
const events = 'events.jsonl'
const at = Date.UTC(2026, 10, 22)

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'latchkey-users-'))
  storage = await openStorage({ engine: 'sqlite', file: join(cwd, 'a.db'), synchronous: 'normal' })
  await storage.migrate()
  const config = { ...testConfig, storage: 'sqlite:./a.db', signup: 'invite' }
  await writeFile(join(cwd, 'a.json'), JSON.stringify(config))
  await writeFile(join(cwd, 'open.json'), JSON.stringify({ ...config, signup: 'open' }))
  await writeFile(join(cwd, 'memory.json'), JSON.stringify({ ...config, storage: 'sqlite::memory:' }))
  await writeFile(join(cwd, 'empty.json'), JSON.stringify({ ...config, storage: 'sqlite:./empty.db' }))
  // A hook that takes its time: the command waits for it.
  await writeFile(
    join(cwd, 'hooked.mjs'),
    `import { appendFile } from 'node:fs/promises'
    import { setImmediate } from 'node:timers/promises'
    export default { ...${JSON.stringify(config)}, onEvent: async (event) => {
      await setImmediate()
      await appendFile(new URL('${events}', import.meta.url), JSON.stringify(event) + '\\n')
    } }`,
  )
})
afterEach(async () => {
  await storage.close()
  await rm(cwd, { recursive: true })
})

interface Options {
  config?: string
  confirm?: (question: string) => Promise<boolean>
}

const run = (args: string[], { config = 'a.json', ...context }: Options = {}) =>
  runCommand(cwd, config === '' ? args : [...args, '--config', config], context)
const printed = async (args: string[], options: Options = {}) => {
  const { code, stdout } = await run([...args, '--json'], options)
  expect(code).toBe(0)
  return JSON.parse(stdout)
}

async function createUser(id: string, createdAt = at) {
  await storage.users.createWithIdentity(
    { id, createdAt, name: 'Ada', email: 'Ada@acme.test', emailVerified: true },
    {
      ...{ id: `idn_${id}`, provider: 'acme', issuer: 'https://login.acme.test', subject: `s-${id}` },
      ...{ createdAt, verifiedEmail: 'ada@acme.test', label: 'ada' },
    },
  )
}
async function createSession(id: string, userId: string, createdAt = at) {
  const life = { createdAt, rotatedAt: createdAt, idleExpiresAt: 4e12, absoluteExpiresAt: 4e12 }
  await storage.sessions.create(
    {
      ...{ id, userId, clientId: 'web', provider: 'acme', identityId: `idn_${userId}`, counter: 0, ...life },
      ...{ scope: '', resources: [], authTime: 1, device: 'Firefox on Linux' },
    },
    `code of ${id}`,
  )
}
const eventsIn = (stderr: string) =>
  stderr
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line).event)

describe('latchkey users list and show', () => {
  it('lists the newest first, page by page', async () => {
    for (const [index, id] of ['usr_1', 'usr_2', 'usr_3'].entries()) await createUser(id, at + index)
    const { users, next_cursor } = await printed(['users', 'list', '--limit', '2'])
    expect(users).toEqual([
      expect.objectContaining({ id: 'usr_3' }),
      {
        id: 'usr_2',
        name: 'Ada',
        email: 'Ada@acme.test',
        email_verified: true,
        created_at: '2026-11-22T00:00:00.001Z',
      },
    ])
    expect(await printed(['users', 'list', '--limit', '2', '--cursor', next_cursor])).toEqual({
      users: [expect.objectContaining({ id: 'usr_1' })],
    })
    const { stdout, stderr } = await run(['users', 'list', '--limit', '2'])
    expect(stdout).toMatch(/^ID +NAME +E-MAIL +CREATED +STATE\nusr_3 +Ada/)
    expect(stderr).toContain(next_cursor)
  })

  it('finds by verified address', async () => {
    await createUser('usr_1')
    expect((await printed(['users', 'list', '--email', 'ADA@acme.test'])).users).toHaveLength(1)
    expect((await printed(['users', 'list', '--email', 'eve@acme.test'])).users).toEqual([])
  })

  it('shows one with what signs them in', async () => {
    await createUser('usr_1')
    await createSession('ses_1', 'usr_1')
    expect(await printed(['users', 'show', 'usr_1'])).toMatchObject({
      ...{ id: 'usr_1', sessions: 1 },
      identities: [{ provider: 'acme', subject: 's-usr_1', label: 'ada', verified_email: 'ada@acme.test' }],
    })
    expect((await run(['users', 'show', 'usr_1'])).stdout).toMatch(/usr_1[\s\S]*IDENTITY +PROVIDER/)
  })
})

describe('A39 latchkey users disable, enable, erase', () => {
  it('disables and enables once, and tells it once', async () => {
    await createUser('usr_1')
    await createSession('ses_1', 'usr_1')
    const disabled = await run(['users', 'disable', 'usr_1', '--json'])
    expect(disabled).toMatchObject({ code: 0, stdout: '{"id":"usr_1","changed":true}\n' })
    expect(eventsIn(disabled.stderr)).toMatchObject([
      {
        type: 'user.disabled',
        actor: 'operator',
        subject: 'usr_1',
        request_id: expect.stringMatching(/^req_/),
      },
    ])
    expect(await storage.sessions.find('ses_1')).toMatchObject({ revokedReason: 'user_disabled' })
    expect(await run(['users', 'disable', 'usr_1', '--json'])).toEqual({
      ...{ code: 0, stdout: '{"id":"usr_1","changed":false}\n', stderr: '' },
    })
    expect((await run(['users', 'list'])).stdout).toContain('disabled 2')

    const enabled = await run(['users', 'enable', 'usr_1'])
    expect(eventsIn(enabled.stderr)).toMatchObject([{ type: 'user.enabled', actor: 'operator' }])
    expect((await run(['users', 'enable', 'usr_1'])).stderr).toBe('')
    expect((await storage.users.find('usr_1'))?.disabledAt).toBeUndefined()
  })

  it('erases when asked to twice: by an answer or by --yes', async () => {
    for (const id of ['usr_1', 'usr_2']) await createUser(id)
    const asked: string[] = []
    const answer = (yes: boolean) => async (question: string) => {
      asked.push(question)
      return yes
    }
    expect((await run(['users', 'erase', 'usr_1'], { confirm: answer(false) })).code).toBe(1)
    expect(await storage.users.find('usr_1')).toBeDefined()
    expect(asked).toEqual(['Erase usr_1 (Ada, Ada@acme.test) for good?'])
    const erased = await run(['users', 'erase', 'usr_1'], { confirm: answer(true) })
    expect(erased.code).toBe(0)
    expect(eventsIn(erased.stderr)).toMatchObject([
      { type: 'user.erased', actor: 'operator', subject: 'usr_1' },
    ])
    expect((await run(['users', 'erase', 'usr_2', '--yes'])).code).toBe(0)
    expect(await storage.users.list()).toEqual([])
  })

  it('asks nothing where nobody can answer, and changes nothing', async () => {
    await createUser('usr_1')
    expect(await run(['users', 'erase', 'usr_1'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--yes'),
    })
    expect(await storage.users.find('usr_1')).toBeDefined()
  })

  it('X07 tells the onEvent hook, and waits for it', async () => {
    await createUser('usr_1')
    await run(['users', 'disable', 'usr_1'], { config: 'hooked.mjs' })
    const { readFile } = await import('node:fs/promises')
    const lines = (await readFile(join(cwd, events), 'utf8')).trim().split('\n')
    expect(lines.map((line) => JSON.parse(line).type)).toEqual(['user.disabled'])
  })
})

describe('R33 latchkey users invite', () => {
  it('prints a code and nothing else, and stores no code', async () => {
    const { stdout, stderr, code } = await run(['users', 'invite'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^[\w-]{43}\n$/)
    expect(stderr).not.toContain(stdout.trim())
    const made = await printed(['users', 'invite', '--email', 'Ada@acme.test', '--expires', '30m'])
    expect(made).toEqual({
      invite: expect.any(String),
      expires_at: expect.any(String),
      email: 'ada@acme.test',
    })
    const left = Date.parse(made.expires_at) - Date.now()
    expect(left).toBeGreaterThan(29 * 60_000)
    expect(left).toBeLessThanOrEqual(30 * 60_000)
  })

  it('says so where nobody needs one', async () => {
    expect((await run(['users', 'invite'], { config: 'open.json' })).stderr).toContain('"signup" is "open"')
  })
})

describe('A39 latchkey sessions', () => {
  it('lists the living ones of a user, page by page', async () => {
    await createUser('usr_1')
    for (const [index, id] of ['ses_1', 'ses_2', 'ses_3'].entries())
      await createSession(id, 'usr_1', at + index)
    await storage.sessions.revoke('ses_2', at, 'signed_out')
    const first = await printed(['sessions', 'list', '--user', 'usr_1', '--limit', '1'])
    expect(first.sessions).toEqual([
      {
        ...{ id: 'ses_3', client_id: 'web', provider: 'acme', device: 'Firefox on Linux' },
        ...{ created_at: '2026-11-22T00:00:00.002Z', last_used_at: '2026-11-22T00:00:00.002Z' },
        expires_at: new Date(4e12).toISOString(),
      },
    ])
    const rest = await printed(['sessions', 'list', '--user', 'usr_1', '--cursor', first.next_cursor])
    expect(rest).toEqual({ sessions: [expect.objectContaining({ id: 'ses_1' })] })
    expect((await run(['sessions', 'list', '--user', 'usr_1'])).stdout).toMatch(/^ID +CLIENT/)
  })

  it('ends one or all, and tells each once', async () => {
    await createUser('usr_1')
    for (const id of ['ses_1', 'ses_2', 'ses_3']) await createSession(id, 'usr_1')
    const one = await run(['sessions', 'revoke', 'ses_1', '--json'])
    expect(one.stdout).toBe('{"revoked":["ses_1"]}\n')
    expect(eventsIn(one.stderr)).toMatchObject([
      {
        type: 'session.revoked',
        actor: 'operator',
        subject: 'usr_1',
        data: { session_id: 'ses_1', reason: 'revoked_by_operator' },
      },
    ])
    expect(await run(['sessions', 'revoke', 'ses_1', '--json'])).toEqual({
      code: 0,
      stdout: '{"revoked":[]}\n',
      stderr: '',
    })
    const all = await run(['sessions', 'revoke', '--user', 'usr_1', '--json'])
    expect(JSON.parse(all.stdout).revoked.toSorted()).toEqual(['ses_2', 'ses_3'])
    expect(eventsIn(all.stderr)).toHaveLength(2)
    expect(await storage.sessions.listLiving('usr_1', at)).toEqual([])
  })
})

describe('exit codes', () => {
  it.each<[string, string[], Options, 1 | 2, RegExp]>([
    ['an unknown user', ['users', 'show', 'usr_0'], {}, 1, /no user usr_0/],
    ['an unknown user to disable', ['users', 'disable', 'usr_0'], {}, 1, /no user usr_0/],
    ['an unknown user to erase', ['users', 'erase', 'usr_0', '-y'], {}, 1, /no user usr_0/],
    ['sessions of an unknown user', ['sessions', 'list', '--user', 'usr_0'], {}, 1, /no user usr_0/],
    ['sessions of an unknown user to end', ['sessions', 'revoke', '--user', 'usr_0'], {}, 1, /no user usr_0/],
    ['an unknown session', ['sessions', 'revoke', 'ses_0'], {}, 1, /no session ses_0/],
    ['a database in memory', ['users', 'list'], { config: 'memory.json' }, 1, /in the memory of the server/],
    ['a database without a schema', ['users', 'list'], { config: 'empty.json' }, 1, /schema/],
    ['no configuration', ['users', 'list'], { config: 'none.json' }, 2, /cannot be read/],
    ['no subcommand', ['users'], { config: '' }, 2, /Usage: latchkey users/],
    ['no id', ['users', 'disable'], {}, 2, /missing required argument/],
    ['a bad limit', ['users', 'list', '--limit', '0'], {}, 2, /1 to 1000/],
    ['a bad cursor', ['users', 'list', '--cursor', 'x'], {}, 2, /cursor of a list/],
    ['a bad time', ['users', 'invite', '--expires', '2y'], {}, 2, /30m, 12h or 7d/],
    ['too long a time', ['users', 'invite', '--expires', '366d'], {}, 2, /365d/],
    ['a bad address', ['users', 'invite', '--email', 'a@b@c'], {}, 2, /not an e-mail address/],
    ['nobody’s sessions', ['sessions', 'list'], {}, 2, /--user/],
    ['nothing to end', ['sessions', 'revoke'], {}, 2, /name a session/],
    ['two things to end', ['sessions', 'revoke', 'ses_1', '--user', 'usr_1'], {}, 2, /name a session/],
  ])('%s', async (_, args, options, code, words) => {
    const ended = await run(args, options)
    expect(ended).toMatchObject({ code, stdout: '' })
    expect(ended.stderr).toMatch(words)
  })

  it.each(['list', 'show', 'invite', 'disable', 'enable', 'erase'])(
    'latchkey users %s --help',
    async (name) => {
      expect(await run(['users', name, '--help'], { config: '' })).toMatchObject({
        ...{ code: 0, stderr: '' },
        stdout: expect.stringMatching(/--config[\s\S]*--json/),
      })
    },
  )
  it.each(['list', 'revoke'])('latchkey sessions %s --help', async (name) => {
    expect(await run(['sessions', name, '--help'], { config: '' })).toMatchObject({ code: 0, stderr: '' })
  })
})
