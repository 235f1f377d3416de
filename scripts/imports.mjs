// Holds the house to its one-way rule (ARCHITECTURE.md): which room may import which, and only through its door.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'oxc-parser'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Workspace -> the workspaces it may import. */
const workspaces = {
  'packages/providers': [],
  'packages/verify': [],
  'packages/browser': [],
  'packages/testing': ['providers'],
  'packages/react': ['browser'],
  'packages/server': ['providers', 'verify', 'testing (tests)'],
  'apps/demo': ['browser', 'react', 'server', 'testing', 'verify'],
  conformance: ['providers', 'server', 'testing', 'verify'],
  e2e: ['browser', 'demo', 'react', 'server', 'testing', 'verify'],
  bench: ['server', 'testing', 'verify'],
}

/** Room of the server -> the rooms it may import. `.` is the files beside the rooms. */
const rooms = {
  '.': [
    'adapters',
    'config',
    'http',
    'identity',
    'journey',
    'keys',
    'limits',
    'metrics',
    'sealing',
    'session',
    'storage',
    'upstream',
    'vault',
    'webhooks',
  ],
  sealing: ['.'],
  config: ['sealing', 'upstream', '.'],
  storage: ['config'],
  upstream: ['config', 'sealing', '.'],
  keys: ['sealing', 'storage', '.'],
  identity: ['config', 'storage', 'upstream', '.'],
  journey: ['config', 'identity', 'sealing', 'storage', 'upstream', '.'],
  session: ['config', 'keys', 'sealing', 'storage', '.'],
  vault: ['config', 'sealing', 'storage', 'upstream', '.'],
  webhooks: ['config', 'storage', 'upstream', '.'],
  limits: ['config', '.'],
  metrics: ['config', 'storage', '.'],
  http: [
    'config',
    'identity',
    'journey',
    'keys',
    'limits',
    'metrics',
    'sealing',
    'session',
    'storage',
    'upstream',
    'vault',
    '.',
  ],
  adapters: ['.'],
  cli: [
    'config',
    'http',
    'identity',
    'keys',
    'sealing',
    'session',
    'storage',
    'upstream',
    'vault',
    'webhooks',
    '.',
  ],
}

/** Doors besides `index.ts`. */
const doors = [
  'upstream/net/address.ts',
  'config/types.ts',
  'http/listen.ts',
  'http/app.ts',
  'http/deps.ts',
  'http/gate.ts',
  'http/proof.ts',
  'http/rate-limits.ts',
  'http/service-auth.ts',
  'http/service-caller.ts',
  'http/pages/look.ts',
]
/** What tests and benches of other workspaces may reach for by its path: no package has it in it. */
const fixtures = /^(?:packages\/server\/src\/storage\/postgres\/\w+\.fixture|scripts\/fingerprints)\.ts$/

/** The only dependencies that these packages may have. */
const dependencies = {
  'packages/verify': ['jose'],
  'packages/browser': [],
  'packages/providers': [],
  'packages/react': ['react'],
}

const mistakes = []
const server = join('packages', 'server', 'src')

for (const [workspace, allowed] of Object.entries(workspaces)) {
  for (const file of sources(join(root, workspace))) {
    const path = relative(root, file)
    const isTest = /\.(test|fixture)\.tsx?$/.test(file) || path.includes(`${sep}conformance${sep}`)
    for (const specifier of importsOf(file)) {
      const own = /^@latchkey\/([a-z]+)/.exec(specifier)?.[1]
      if (own !== undefined && !workspace.endsWith(own)) {
        if (!allowed.includes(own) && !(isTest && allowed.includes(`${own} (tests)`))) {
          mistakes.push(`${path}: ${workspace} may not import @latchkey/${own}`)
        }
      }
      const only = dependencies[workspace]
      if (
        only !== undefined &&
        !isTest &&
        !path.includes('adapters') &&
        isPackage(specifier) &&
        !only.includes(specifier.split('/')[0])
      ) {
        mistakes.push(
          `${path}: ${workspace} may depend on nothing but ${only.join(', ') || 'itself'}, not on ${specifier}`,
        )
      }
      if (!specifier.startsWith('.')) continue
      const target = join(dirname(file), specifier)
      if (relative(join(root, workspace), target).startsWith('..')) {
        if (fixtures.test(relative(root, target).split(sep).join('/')) && !workspace.startsWith('packages'))
          continue
        mistakes.push(`${path}: reaches out of ${workspace} to ${specifier}`)
      }
      if (path.startsWith(server))
        checkRooms(path, relative(join(root, server), file), relative(join(root, server), target), isTest)
    }
  }
}

function checkRooms(path, from, to, isTest) {
  const [source, target] = [roomOf(from), roomOf(to)]
  if (source === target) return
  if (!rooms[source]?.includes(target) && !isTest)
    mistakes.push(`${path}: ${source} may not import ${target} (${to})`)
  const isDoor = target === '.' || to === `${target}/index.ts` || doors.includes(to.split(sep).join('/'))
  if (!isDoor && !isTest) mistakes.push(`${path}: reaches past ${target}/index.ts to ${to}`)
}

function roomOf(path) {
  const parts = path.split(sep)
  return parts.length === 1 ? '.' : parts[0]
}

function isPackage(specifier) {
  return !/^(\.|node:|@latchkey\/)/.test(specifier)
}

function importsOf(file) {
  const { module } = parseSync(file, readFileSync(file, 'utf8'))
  const text = readFileSync(file, 'utf8')
  return [
    ...module.staticImports.map((one) => one.moduleRequest.value),
    ...module.staticExports.flatMap((one) => one.entries.map((entry) => entry.moduleRequest?.value)),
    ...module.dynamicImports.map((one) =>
      text.slice(one.moduleRequest.start, one.moduleRequest.end).replace(/^['"]|['"]$/g, ''),
    ),
  ].filter((specifier) => specifier !== undefined)
}

function sources(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/[\\/](node_modules|dist)[\\/]/.test(path))
}

for (const mistake of mistakes) console.log(mistake)
process.exit(mistakes.length === 0 ? 0 : 1)
