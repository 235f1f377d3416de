import type { Finding } from './findings.ts'
import { nearest } from './nearest.ts'
import { isPlainObject, type Path } from './path.ts'
import type { Hooks } from './types.ts'

const names = ['resolveUser', 'claims', 'onEvent'] as const satisfies (keyof Hooks)[]
/** In the contract, and not in this version. */
const later = ['wrapKey']

const hookNames: readonly string[] = [...names, ...later]

/**
 * Takes the functions of a code configuration out of its keys: beside them, or together under `hooks`. The functions
 * are taken as they are; `settings` is the rest.
 */
export function takeHooks(input: Record<string, unknown>): {
  hooks: Hooks
  settings: Record<string, unknown>
  findings: Finding[]
} {
  const { hooks: grouped, ...rest } = input
  const settings: Record<string, unknown> = {}
  const hooks: Record<string, unknown> = {}
  const findings: Finding[] = []
  const take = (path: Path, name: string, hook: unknown) => {
    const finding = judge(path, name, hook)
    if (finding !== undefined) findings.push(finding)
    else if (hook !== undefined) hooks[name] = hook
  }
  for (const [key, value] of Object.entries(rest)) {
    if (hookNames.includes(key)) take([key], key, value)
    else settings[key] = value
  }
  if (isPlainObject(grouped)) {
    for (const [name, hook] of Object.entries(grouped)) take(['hooks', name], name, hook)
  } else if (grouped !== undefined) {
    const remedy = `write functions: ${names.join(', ')}`
    findings.push({ path: ['hooks'], problem: 'must be an object', remedy })
  }
  return { hooks, settings, findings }
}

function judge(path: Path, name: string, hook: unknown): Finding | undefined {
  if (later.includes(name)) return { path, problem: 'is not supported yet', remedy: 'leave it out' }
  if (!names.some((known) => known === name)) {
    const meant = nearest(name, names) ?? names.join(', ')
    return { path, problem: 'is not a known hook', remedy: `did you mean ${meant}?` }
  }
  if (hook === undefined || typeof hook === 'function') return
  const remedy = 'write a function; a JSON file cannot hold one: use latchkey.config.ts'
  return { path, problem: 'must be a function', remedy }
}
