import type { ServerResponse } from 'node:http'
import type { Recorded } from '../browser/issuer.ts'

/** What the stand-in knows about its client and its user, and how it fails when told to. */
export interface Account {
  providers: { id: string; name: string; sign_in: boolean; connect: boolean }[]
  sessions: { id: string; device?: string; current: boolean; [more: string]: unknown }[]
  identities: { id: string; [more: string]: unknown }[]
  /** By method and path: what is answered instead. */
  failures: Record<string, { status: number; error: string }>
  answer(request: Recorded, response: ServerResponse): boolean
}

export function createAccount(): Account {
  const lists = ['sessions', 'identities'] as const
  const account: Account = {
    providers: [
      { id: 'acme', name: 'Acme', sign_in: true, connect: false },
      { id: 'huis', name: 'הבית', sign_in: true, connect: true },
      { id: 'files', name: 'Files', sign_in: false, connect: true },
    ],
    sessions: [
      session('s-1', { device: 'Firefox on Linux', current: true }),
      session('s-2', { device: 'Safari on iPhone', current: false }),
      session('s-3', { current: false }),
    ],
    identities: [
      identity('i-1', { label: 'ada@acme.example' }),
      identity('i-2', { label: 'ada@home.example', provider: 'huis' }),
    ],
    failures: {},
    answer({ method, path }, response) {
      const end = (status: number, body: object) => {
        response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
        return true
      }
      const failure = account.failures[`${method} ${path}`]
      if (failure) return end(failure.status, { error: failure.error, request_id: 'req-7' })
      if (path === '/providers') return end(200, { providers: account.providers })
      for (const name of lists) {
        if (path === `/account/${name}`) return end(200, { [name]: account[name] })
        const id = path.match(`^/account/${name}/(.*)$`)?.[1]
        if (id === undefined || method !== 'DELETE') continue
        const list: { id: string }[] = account[name]
        const index = list.findIndex((item) => item.id === id)
        if (index < 0) return end(404, { error: 'not_found' })
        list.splice(index, 1)
        response.writeHead(204).end()
        return true
      }
      return false
    },
  }
  return account
}

const at = '2026-11-02T10:00:00.000Z'

const session = (id: string, more: { device?: string; current: boolean }) => ({
  id,
  client_id: 'web',
  provider: 'acme',
  created_at: at,
  last_used_at: at,
  ...more,
})

const identity = (id: string, more: { label: string; provider?: string }) => ({
  id,
  provider: 'acme',
  subject: `subject-${id}`,
  created_at: at,
  ...more,
})
