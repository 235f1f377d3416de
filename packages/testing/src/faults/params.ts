import type { AuthorizationAnswer } from '../authorize/answer.ts'
import type { AuthorizeFault, NamedFault } from './kinds.ts'

type Params = AuthorizationAnswer['params']

export const onParams =
  (change: (params: Params) => Params): AuthorizeFault =>
  (answer) => ({ ...answer, params: change(answer.params) })

export const without = (...names: string[]) =>
  onParams((params) => params.filter(([name]) => !names.includes(name)))

export const replaced = (name: string, value: (old: string) => string) =>
  onParams((params) => params.map(([key, old]) => (key === name ? [key, value(old)] : [key, old])))

export const doubled = (name: string, second: (first: string) => string) =>
  onParams((params) =>
    params.flatMap(([key, value]) =>
      key === name
        ? [
            [key, value],
            [key, second(value)],
          ]
        : [[key, value]],
    ),
  )

/** A row with what a careful client refuses. */
export const authorizing = (description: string, fault: AuthorizeFault): NamedFault<AuthorizeFault> => ({
  description,
  expect: 'refuse',
  fault,
})
