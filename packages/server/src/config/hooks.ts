import type { Finding } from './findings.ts'
import { nearest } from './nearest.ts'
import { isPlainObject, type Path } from './path.ts'
import type { Hooks } from './types.ts'

const names = ['resolveUser', 'claims', 'onEvent', 'wrapKey'] as const satisfies (keyof Hooks)[]

const hookNames: readonly string[] = names

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
    else if (hook !== undefined) hooks[name] = isWrapKey(hook) ? detached(hook) : hook
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
  if (!names.some((known) => known === name)) {
    const meant = nearest(name, names) ?? names.join(', ')
    return { path, problem: 'is not a known hook', remedy: `did you mean ${meant}?` }
  }
  if (hook === undefined) return
  if (name === 'wrapKey') {
    if (isWrapKey(hook)) return
    const remedy = 'write { wrap: async (key) => ..., unwrap: async (wrapped) => ... } in latchkey.config.ts'
    return { path, problem: 'must be an object with the functions wrap and unwrap', remedy }
  }
  if (typeof hook === 'function') return
  const remedy = 'write a function; a JSON file cannot hold one: use latchkey.config.ts'
  return { path, problem: 'must be a function', remedy }
}

type WrapKey = NonNullable<Hooks['wrapKey']>

const isWrapKey = (hook: unknown): hook is WrapKey =>
  typeof hook === 'object' &&
  hook !== null &&
  ['wrap', 'unwrap'].every((name) => name in hook && typeof Reflect.get(hook, name) === 'function')

/** It may be the client of a KMS, which is not ours to freeze with the rest of the configuration. */
const detached = (hook: WrapKey): WrapKey => ({
  wrap: (key) => hook.wrap(key),
  unwrap: (wrapped) => hook.unwrap(wrapped),
})
