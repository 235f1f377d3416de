import { expect, test, vi } from 'vitest'
import { AuthError } from './errors.ts'
import { createState } from './state.ts'
import type { AuthState } from './types.ts'

test('subscribers hear of changes only, and the object stays the same in between', async () => {
  const state = createState(true)
  const heard = vi.fn<(state: AuthState) => void>()
  const stop = state.subscribe(heard)
  state.set({ status: 'signed-in', user: { sub: 'u' } })
  const first = state.get()
  state.set({ status: 'signed-in', user: { sub: 'u' } })
  expect(state.get()).toBe(first)
  expect(await state.settled).toBe(first)
  state.set({ status: 'signed-in', user: { sub: 'u', name: 'U' } })
  state.set({ status: 'signed-out', reason: new AuthError('access_denied', 'callback') })
  state.set({ status: 'signed-out', reason: new AuthError('access_denied', 'callback') })
  state.set({ status: 'signed-out' })
  expect(heard).toHaveBeenCalledTimes(4)
  stop()
  state.set({ status: 'pending' })
  expect(heard).toHaveBeenCalledTimes(4)
})

test('on a server it settles at once, as pending', async () => {
  expect(await createState(false).settled).toEqual({ status: 'pending' })
})
