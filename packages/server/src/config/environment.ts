import type { Complaint } from './complaint.ts'
import { isPlainObject, type Path } from './path.ts'

/** Environment variables: name -> value. */
export type Environment = Readonly<Record<string, string | undefined>>

export interface Replaced {
  value: unknown
  /** Variables that are not there, or names that cannot be one, by the path of the string that wants them. */
  complaints: { path: Path; complaint: Complaint }[]
}

/** More than any setting needs; an object of a code configuration may hold itself. */
const deepest = 32
const reference = /\$\$\{|\$\{([^}]*)\}?/g
const variable = /^[A-Za-z_][A-Za-z0-9_]*$/

/**
 * Replaces `${NAME}` in every string from the environment; `$${` stands for a plain `${`. What a variable
 * holds is not looked at again. A string with a complaint stays as it was.
 */
export function replaceVariables(input: unknown, env: Environment): Replaced {
  const complaints: Replaced['complaints'] = []

  const inString = (text: string, path: Path): string => {
    const wrong: Complaint[] = []
    const replaced = text.replace(reference, (whole: string, name: string | undefined) => {
      if (name === undefined) return '${'
      if (!whole.endsWith('}') || !variable.test(name)) {
        const remedy = `write \${NAME} with letters, digits and "_" only, or $\${ for a plain \${`
        wrong.push({ problem: 'holds "${" without the name of an environment variable', remedy })
        return whole
      }
      const value = Object.hasOwn(env, name) ? env[name] : undefined
      if (value === undefined || value === '') {
        const state = value === undefined ? 'not set' : 'empty'
        wrong.push({
          problem: `the environment variable ${name} is ${state}`,
          remedy: `set ${name} before starting, or write the value here`,
        })
        return whole
      }
      return value
    })
    for (const complaint of wrong) complaints.push({ path, complaint })
    return wrong.length > 0 ? text : replaced
  }

  const walk = (value: unknown, path: Path): unknown => {
    if (path.length > deepest) return value
    if (typeof value === 'string') return inString(value, path)
    if (Array.isArray(value)) return value.map((element: unknown, index) => walk(element, [...path, index]))
    if (!isPlainObject(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner, [...path, key])]))
  }

  return { value: walk(input, []), complaints }
}
