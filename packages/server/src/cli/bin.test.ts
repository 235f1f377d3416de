import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

/** `bin/latchkey.mjs` beside a built command of two lines. */
let home = ''
const command = `
export async function main(args) {
  const said = JSON.stringify({ args })
  if (args[0] === 'wait') {
    const still = setInterval(() => undefined, 1000)
    const told = new Promise((resolve) => process.on('SIGTERM', resolve))
    console.log(said)
    await told
    clearInterval(still)
    console.log('told to end')
  } else console.log(said)
  return args[0] === 'fail' ? 1 : 0
}`
/** Lets the first process believe that it is an old Node. */
const pretend = `if (!process.env.LATCHKEY_LAUNCHED) Object.defineProperty(process, 'versions', { value: { node: '20.19.0' } })`

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'latchkey-bin-'))
  await mkdir(join(home, 'bin'))
  await copyFile(new URL('../../bin/latchkey.mjs', import.meta.url), join(home, 'bin', 'latchkey.mjs'))
  await writeFile(join(home, 'package.json'), '{"type":"module"}')
})
afterEach(() => rm(home, { recursive: true }))

async function build() {
  await mkdir(join(home, 'dist', 'bundle'), { recursive: true })
  await writeFile(join(home, 'dist', 'bundle', 'main.js'), command)
}

async function addNode() {
  const folder = join(home, 'node_modules', `node-${process.platform}-${process.arch}`)
  await mkdir(join(folder, 'bin'), { recursive: true })
  await writeFile(join(folder, 'package.json'), '{}')
  await symlink(process.execPath, join(folder, 'bin', 'node'))
}

function run(args: string[], { old = false } = {}) {
  const flags = old ? ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`] : []
  const child = spawn(process.execPath, [...flags, join(home, 'bin', 'latchkey.mjs'), ...args], {
    cwd: home,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => (stdout += chunk))
  child.stderr.on('data', (chunk) => (stderr += chunk))
  const closed = once(child, 'close')
  const ended = closed.then(([code, signal]) => ({ code: code ?? signal, stdout, stderr }))
  return { child, ended, begun: once(child.stdout, 'data') }
}

describe('bin/latchkey.mjs', () => {
  it('runs the built command and ends with its code', async () => {
    await build()
    expect(await run(['fail', '--x', 'y z']).ended).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('["fail","--x","y z"]'),
    })
    expect(await run([]).ended).toMatchObject({ code: 0 })
  })

  it('ends with 2 when there is nothing built', async () => {
    expect(await run([]).ended).toMatchObject({ code: 2, stderr: expect.stringContaining('not built yet') })
  })

  it("on an old Node hands over to the project's own", async () => {
    await build()
    await addNode()
    const { code, stdout } = await run(['fail', 'a b'], { old: true }).ended
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ args: ['fail', 'a b'] })
  })

  it('passes SIGTERM on', async () => {
    await build()
    await addNode()
    const { child, ended, begun } = run(['wait'], { old: true })
    await begun
    child.kill('SIGTERM')
    expect(await ended).toMatchObject({ code: 0, stdout: expect.stringContaining('told to end') })
  })

  it('leaves nobody behind when the first process is killed', async () => {
    await build()
    await addNode()
    const { child, ended, begun } = run(['wait'], { old: true })
    await begun
    child.kill('SIGKILL')
    // the pipe closes when the last process that holds it has gone
    expect(await ended).toMatchObject({ code: 'SIGKILL', stdout: expect.stringContaining('told to end') })
  })

  it('says what is needed where there is no other Node', async () => {
    await build()
    const { code, stderr } = await run([], { old: true }).ended
    expect(code).toBe(2)
    expect(stderr).toMatch(/Node 20\.19\.0 is too old.*22\.13.*node-/)
  })
})
