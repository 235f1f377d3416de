import { createAuth } from '@latchkey/browser'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, expectTypeOf, test } from 'vitest'
import { en as connectionWords } from './connections/en.ts'
import { ConnectionList } from './connections/index.ts'
import { en } from './en.ts'
import { AuthProvider, Problem, RequireAuth, Show, useAuth, useUser } from './index.ts'

const options = {
  issuer: 'https://auth.example',
  clientId: 'web',
  redirectUri: 'https://app.example/callback',
}
const render = (children: ReactNode) =>
  renderToStaticMarkup(
    <AuthProvider auth={createAuth(options)} messages={en}>
      {children}
    </AuthProvider>,
  )

function Told() {
  const { state } = useAuth()
  return `${state.status} ${useUser()?.sub}`
}

test('on a server the state is pending, and there is no user', () => {
  expect(render(<Told />)).toBe('pending undefined')
})

test('on a server the user and what stands for the lack of one are both left out', () => {
  const view = (
    <Show when="signed-in" fallback="nobody" pending="who knows">
      somebody
    </Show>
  )
  expect(render(view)).toBe('who knows')
  expect(render(<RequireAuth>somebody</RequireAuth>)).toBe('')
  expect(render(<ConnectionList messages={connectionWords} />)).toBe('')
  expect(
    render(
      <RequireAuth start pending="who knows">
        somebody
      </RequireAuth>,
    ),
  ).toBe('who knows')
})

test('outside of an AuthProvider the message says so', () => {
  expect(() => renderToStaticMarkup(<Told />)).toThrow('AuthProvider')
})

test('an error is told by its code, else by its action, and what is no AuthError as one for support', () => {
  const told = (error: object) => render(<Problem error={Object.assign(new Error('x'), error)} />)
  const code = { code: 'account_exists', action: 'sign-in', requestId: 'req-1' }
  expect(told(code)).toContain(en.account_exists)
  expect(told(code)).toContain('req-1')
  expect(told({ code: 'state_missing', action: 'sign-in' })).toContain(en['sign-in'])
  expect(told({})).toContain(en['contact-support'])
  expect(told({})).not.toContain('Error')
})

test('Show narrows the state that it gives', () => {
  const view = (
    <>
      <Show when="signed-in">
        {(state) => {
          expectTypeOf(state.user.sub).toEqualTypeOf<string>()
          return null
        }}
      </Show>
      <Show when="error">
        {(state) => {
          expectTypeOf(state.error.code).not.toBeAny()
          return null
        }}
      </Show>
    </>
  )
  expect(render(view)).toBe('')
})
