import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Where the packages are unpacked: not installed, as nobody, beside the checkout's other caches. */
const place = join(import.meta.dirname, '../../.cache/glewlwyd')

export const howToGetGlewlwyd = [
  'skipped: no glewlwyd. On Debian with apt it is fetched by itself, or by hand:',
  '  mkdir -p .cache/glewlwyd && cd .cache/glewlwyd',
  '  apt-get download glewlwyd glewlwyd-common libulfius2.7 libyder2.0 liborcania2.3 libhoel1.4 librhonabwy1.1 \\',
  '    libiddawc1.1 libconfig9 libmicrohttpd12 liboath0 libcbor0.8 libjansson4',
  '  for package in *.deb; do dpkg -x "$package" .; done',
].join('\n')

export interface GlewlwydFiles {
  binary: string
  /** Holds `user/`, `client/`, `scheme/`, `plugin/`. */
  modules: string
  /** The database's schema, gzipped SQL. */
  schema: string
  /** For LD_LIBRARY_PATH. */
  libraries: string[]
}

async function filesIn(root: string): Promise<GlewlwydFiles | undefined> {
  const binary = join(root, 'usr/bin/glewlwyd')
  if (!existsSync(binary)) return undefined
  const found = await readdir(root, { recursive: true })
  const libraries = found.filter((path) => /\.so\.\d/.test(path)).map((path) => join(root, dirname(path)))
  const schema = found.find((path) => path.endsWith('database/init.sqlite3.sql.gz'))
  if (schema === undefined) return undefined
  return {
    binary,
    modules: join(root, 'usr/lib/glewlwyd'),
    schema: join(root, schema),
    libraries: [...new Set(libraries)],
  }
}

/** Names of shared libraries that the binary or one of its modules wants and nobody has. */
async function missingLibraries({ binary, modules, libraries }: GlewlwydFiles): Promise<string[]> {
  const loaded = (await readdir(modules, { recursive: true })).filter((path) => path.endsWith('.so'))
  const objects = [binary, ...loaded.map((path) => join(modules, path))]
  const env = { ...process.env, LD_LIBRARY_PATH: libraries.join(':') }
  const { stdout } = await run('ldd', objects, { env, timeout: 10_000 })
  const missing = [...stdout.matchAll(/^\s*(\S+) => not found$/gm)].map(([, name]) => String(name))
  return [...new Set(missing)]
}

/** Debian Policy section 8.1: the package's name is made from the library's. */
function packagesOf(library: string): string[] {
  if (library === 'libcurl-gnutls.so.4') return ['libcurl3t64-gnutls', 'libcurl3-gnutls']
  const [, name = '', version = ''] = /^(.+)\.so\.(.+)$/.exec(library) ?? []
  const named = `${name}${/\d$/.test(name) ? '-' : ''}${version}`.toLowerCase()
  return [`${named}t64`, named]
}

/** Which of these packages can be had here. */
async function known(names: readonly string[]): Promise<Set<string>> {
  const { stdout } = await run('apt-cache', ['policy', ...names], {
    env: { ...process.env, LC_ALL: 'C' },
    timeout: 30_000,
  })
  const found = stdout.matchAll(/^(\S+):\n.*\n\s+Candidate: (?!\(none\))/gm)
  return new Set([...found].map(([, name]) => String(name)))
}

const impatient = ['-o', 'Acquire::Retries=0', '-o', 'Acquire::http::Timeout=5']

/** Of each choice the first package that there is, unpacked into `root`. */
async function unpack(root: string, choices: readonly (readonly string[])[]): Promise<void> {
  const available = await known(choices.flat())
  const names = choices.map((choice) => {
    const name = choice.find((candidate) => available.has(candidate))
    if (name === undefined) throw new Error(`there is no package ${choice.join(' or ')}`)
    return name
  })
  await run('apt-get', [...impatient, 'download', ...names], { cwd: root, timeout: 60_000 })
  for (const archive of await readdir(root)) {
    if (!archive.endsWith('.deb')) continue
    await run('dpkg', ['-x', archive, '.'], { cwd: root, timeout: 30_000 })
    await rm(join(root, archive))
  }
}

async function fetchInto(root: string): Promise<void> {
  await unpack(root, [['glewlwyd'], ['glewlwyd-common']])
  // What the libraries themselves want shows only once they are there.
  for (let round = 0; round < 5; round++) {
    const files = await filesIn(root)
    if (files === undefined) throw new Error('these packages hold something else')
    const missing = await missingLibraries(files)
    if (missing.length === 0) return
    await unpack(root, missing.map(packagesOf))
  }
}

/** Glewlwyd's files, fetched where that is possible; undefined where it is not. */
export async function findGlewlwyd(): Promise<GlewlwydFiles | undefined> {
  try {
    if (!existsSync(place)) {
      await mkdir(dirname(place), { recursive: true })
      // Complete or not at all, whoever else fetches it at the same time.
      const draft = await mkdtemp(`${place}-`)
      try {
        await fetchInto(draft)
        await rename(draft, place).catch((error: unknown) => {
          if (!existsSync(place)) throw error
        })
      } finally {
        await rm(draft, { recursive: true, force: true })
      }
    }
    const files = await filesIn(place)
    return files !== undefined && (await missingLibraries(files)).length === 0 ? files : undefined
  } catch {
    return undefined
  }
}
