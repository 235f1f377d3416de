import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  callback,
  isObject,
  membersOf,
  post,
  quietProvider,
  redeem,
  redirectUri,
  signIn,
  verifier,
} from '../flow.fixture.ts'
import {
  type AnswerFault,
  ConnectionReset,
  createFakeProvider,
  type FakeProvider,
  type FakeProviderOptions,
} from '../index.ts'
import { transportFaults } from './transport.ts'

/** Every point whose answer is JSON, a request that is answered well there, and a member of the good answer. */
const points = {
  discovery: {
    member: 'issuer',
    ask: (provider: FakeProvider, init?: RequestInit) =>
      provider.fetch(`${provider.issuer}/.well-known/openid-configuration`, init),
  },
  jwks: {
    member: 'keys',
    ask: (provider: FakeProvider, init?: RequestInit) => provider.fetch(provider.endpoints.jwks, init),
  },
  token: {
    member: 'access_token',
    ask: async (provider: FakeProvider, init?: RequestInit) => {
      const body = new URLSearchParams({
        grant_type: 'authorization_code',
        code: (await callback(provider)).get('code') ?? '',
        redirect_uri: redirectUri,
        code_verifier: verifier,
        client_id: provider.oidc.client_id,
        client_secret: provider.oidc.client_secret ?? '',
      })
      return provider.fetch(provider.endpoints.token, { ...init, method: 'POST', body })
    },
  },
  userinfo: {
    member: 'sub',
    ask: async (provider: FakeProvider, init?: RequestInit) => {
      const { access_token } = await signIn(provider)
      return provider.fetch(provider.endpoints.userinfo, {
        ...init,
        headers: { authorization: `Bearer ${access_token}` },
      })
    },
  },
} as const

type Point = keyof typeof points
type Name = keyof typeof transportFaults
interface Case {
  provider: FakeProvider
  point: Point
  ask: () => Promise<Response>
}

const depthOf = (text: string): number => /\[+/.exec(text.slice(text.indexOf('"deep":')))?.[0].length ?? 0

/** What each fault looks like from outside. */
const looks: Record<Name, (given: Case) => Promise<void>> = {
  'http-500': async ({ ask }) => expect((await ask()).status).toBe(500),
  'http-503': async ({ ask }) => {
    const response = await ask()
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
  },
  html: async ({ ask }) => {
    const response = await ask()
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  },
  'html-502': async ({ ask }) => expect((await ask()).status).toBe(502),
  empty: async ({ ask }) => {
    const response = await ask()
    expect([response.status, await response.text()]).toEqual([200, ''])
  },
  hang: async ({ ask }) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    let settled = false
    const outcome = ask().catch((error: unknown) => {
      settled = true
      return error
    })
    await vi.advanceTimersByTimeAsync(29_999)
    expect(settled).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(await outcome).toBeInstanceOf(TypeError)
  },
  slow: async ({ ask, point }) => {
    const response = await ask()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const reader = response.body?.getReader()
    const first = reader?.read()
    await vi.advanceTimersByTimeAsync(250)
    expect((await first)?.value).toEqual(new TextEncoder().encode('{'))
    expect(response.headers.get('content-type'), point).toBe('application/json')
    await reader?.cancel()
    expect(vi.getTimerCount()).toBe(0)
  },
  huge: async ({ ask, point }) => {
    const text = await (await ask()).text()
    expect(text.length).toBeGreaterThan(10 * 1024 * 1024)
    expect(JSON.parse(text)).toHaveProperty(points[point].member)
  },
  reset: async ({ ask }) => expect(ask()).rejects.toThrow(TypeError),
  redirect: async ({ ask, provider, point }) => {
    const response = await ask()
    expect([response.status, response.headers.get('location')]).toEqual([
      307,
      `${provider.issuer}/elsewhere/oidc/${point}`,
    ])
  },
  truncated: async ({ ask }) => {
    const text = await (await ask()).text()
    expect(text.startsWith('{')).toBe(true)
    expect(() => JSON.parse(text)).toThrow(SyntaxError)
  },
  'wrong-content-type': async ({ ask, point }) => {
    const response = await ask()
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(JSON.parse(await response.text())).toHaveProperty(points[point].member)
  },
  'deep-json': async ({ ask }) => expect(depthOf(await (await ask()).text())).toBe(50_000),
  array: async ({ ask, point }) => {
    const list: unknown = await (await ask()).json()
    expect(Array.isArray(list) && isObject(list[0]) && points[point].member in list[0]).toBe(true)
  },
}

afterEach(() => {
  vi.useRealTimers()
})

const names = Object.keys(looks).filter((name): name is Name => name in transportFaults)

describe.each(Object.keys(points).filter((point): point is Point => point in points))('R26 %s', (point) => {
  test.each(names)('%s, once, and then all is well again', async (name) => {
    const provider = await quietProvider()
    const ask = () => points[point].ask(provider)
    provider.faults.next(point, name)
    expect(provider.faults.waiting()).toBe(1)
    await looks[name]({ provider, point, ask })
    vi.useRealTimers()
    expect(provider.faults.waiting()).toBe(0)
    expect(await membersOf(await ask())).toHaveProperty(points[point].member)
  })
})

describe('what was done at the token endpoint when its answer went wrong', () => {
  const codeAfter = async (name: Name | 'lost-answer') => {
    const provider = await quietProvider()
    const code = (await callback(provider)).get('code')
    provider.faults.next('token', name)
    await redeem(provider, code).catch(() => undefined)
    return (await redeem(provider, code)).status
  }

  test.each(['http-500', 'http-503', 'html', 'html-502', 'empty', 'reset', 'redirect'] as const)(
    '%s: nothing, the code still works',
    async (name) => {
      expect(await codeAfter(name)).toBe(200)
    },
  )

  test.each(['lost-answer', 'truncated', 'wrong-content-type', 'array', 'huge', 'slow'] as const)(
    '%s: everything, the code is used up',
    async (name) => {
      expect(await codeAfter(name)).toBe(400)
    },
  )
})

test('R25: who follows the redirect succeeds, and is seen', async () => {
  const provider = await quietProvider()
  const code = (await callback(provider)).get('code')
  provider.faults.always('token', 'redirect')
  expect((await redeem(provider, code)).status).toBe(307)
  expect(provider.requests.to('elsewhere')).toHaveLength(0)
  const location = (await redeem(provider, code)).headers.get('location') ?? ''
  const followed = await post(provider, location, {
    grant_type: 'authorization_code',
    code: code ?? '',
    redirect_uri: redirectUri,
    code_verifier: verifier,
  })
  expect(await membersOf(followed)).toHaveProperty('access_token')
  expect(provider.requests.to('elsewhere')).toHaveLength(1)
})

describe('faults that take their time, over a real socket', () => {
  const started = (options: FakeProviderOptions = {}) =>
    createFakeProvider({ algorithm: 'ES256', ...options })

  /** The named fault, and a promise that it has begun. */
  const watched = (name: 'hang' | 'slow') => {
    const begun = Promise.withResolvers<void>()
    const fault: AnswerFault = (answer, context) => {
      begun.resolve()
      return transportFaults[name].fault(answer, context)
    }
    return { fault, begun: begun.promise }
  }

  test.each(['hang', 'slow'] as const)('%s ends when the provider closes, without a word', async (name) => {
    const complaints = vi.spyOn(console, 'error')
    const provider = await started()
    const { fault, begun } = watched(name)
    provider.faults.next('jwks', fault)
    const asked = fetch(provider.endpoints.jwks).then((response) => response.text())
    await begun
    const [outcome] = await Promise.allSettled([asked, provider.close()])
    expect(outcome.status).toBe('rejected')
    expect(complaints).not.toHaveBeenCalled()
    complaints.mockRestore()
  })

  test('hang ends when the client hangs up', async () => {
    await using provider = await started()
    const leaving = new AbortController()
    const ended = Promise.withResolvers<unknown>()
    provider.faults.next('jwks', async (answer, context) => {
      leaving.abort()
      await Promise.resolve(transportFaults.hang.fault(answer, context)).catch(ended.resolve)
      return answer()
    })
    await expect(fetch(provider.endpoints.jwks, { signal: leaving.signal })).rejects.toThrow()
    expect(await ended.promise).toBeInstanceOf(ConnectionReset)
  })

  test('slow ends when the client hangs up', async () => {
    await using provider = await started({ slowness: { stepMilliseconds: 1, longestMilliseconds: 60_000 } })
    const cancelled = Promise.withResolvers<void>()
    provider.faults.next('jwks', (answer, context) => {
      const drip = (text: string) => {
        const reader = context.patience.drip(text.padEnd(50_000)).getReader()
        const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
          const { value } = await reader.read()
          if (value !== undefined) controller.enqueue(value)
        }
        return new ReadableStream({ pull, cancel: () => reader.cancel().then(cancelled.resolve) })
      }
      return transportFaults.slow.fault(answer, { ...context, patience: { ...context.patience, drip } })
    })
    const response = await fetch(provider.endpoints.jwks)
    await response.body?.cancel()
    await cancelled.promise
  })

  test('slow ends by itself, and short', async () => {
    await using provider = await started({ slowness: { stepMilliseconds: 1, longestMilliseconds: 5 } })
    provider.faults.next('jwks', 'slow')
    expect(await (await fetch(provider.endpoints.jwks)).text()).toHaveLength(5)
  })

  test('reset drops the connection', async () => {
    await using provider = await started()
    provider.faults.next('jwks', 'reset')
    await expect(fetch(provider.endpoints.jwks)).rejects.toThrow(TypeError)
    expect((await fetch(provider.endpoints.jwks)).status).toBe(200)
  })

  test('10 MB arrive whole', async () => {
    await using provider = await started()
    provider.faults.next('jwks', 'huge')
    expect((await (await fetch(provider.endpoints.jwks)).text()).length).toBeGreaterThan(10 * 1024 * 1024)
  })
})
