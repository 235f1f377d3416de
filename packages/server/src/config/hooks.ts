import type { Finding } from './findings.ts'
import { nearest } from './nearest.ts'
import { isPlainObject } from './path.ts'
import type { Hooks } from './types.ts'

const names = ['resolveUser', 'claims', 'onEvent'] as const satisfies (keyof Hooks)[]

/** Functions of a code configuration. Taken as they are. */
export function readHooks(input: unknown): { hooks: Hooks; findings: Finding[] } {
  if (input === undefined) return { hooks: {}, findings: [] }
  if (!isPlainObject(input)) {
    return {
      hooks: {},
      findings: [
        { path: ['hooks'], problem: 'must be an object', remedy: `write functions: ${names.join(', ')}` },
      ],
    }
  }
  const findings = Object.entries(input).flatMap(([name, hook]): Finding[] => {
    const path = ['hooks', name]
    if (name === 'wrapKey') return [{ path, problem: 'is not supported yet', remedy: 'leave it out' }]
    if (!names.some((known) => known === name)) {
      const meant = nearest(name, names) ?? names.join(', ')
      return [{ path, problem: 'is not a known hook', remedy: `did you mean ${meant}?` }]
    }
    if (hook === undefined || typeof hook === 'function') return []
    const remedy = 'write a function; a JSON file cannot hold one: use latchkey.config.ts'
    return [{ path, problem: 'must be a function', remedy }]
  })
  return findings.length > 0 || !areHooks(input) ? { hooks: {}, findings } : { hooks: { ...input }, findings }
}

const areHooks = (input: object): input is Hooks => names.every((name) => isHook(Reflect.get(input, name)))
const isHook = (hook: unknown): boolean => hook === undefined || typeof hook === 'function'
