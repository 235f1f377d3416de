import type { ServerResponse } from 'node:http'
import type { Recorded, StandIn } from '../browser/issuer.ts'

/** What the stand-in lists, and how it fails when told to. */
export interface Account {
  providers: { id: string; name: string; sign_in: boolean; connect: boolean }[]
  /** By method and path: what is answered instead. */
  failures: Record<string, { status: number; error: string }>
  answer(request: Recorded, response: ServerResponse): boolean
}

/** Gives the stand-in's user sessions and identities, and its client providers. */
export function createAccount(issuer: StandIn): Account {
  issuer.account = {
    sessions: [
      { ...session, id: 's-1', device: 'Firefox on Linux', current: true },
      { ...session, id: 's-2', device: 'Safari on iPhone', current: false },
      { ...session, id: 's-3', current: false },
    ],
    identities: [
      { ...identity, id: 'i-1', label: 'ada@acme.example' },
      { ...identity, id: 'i-2', label: 'ada@home.example', provider: 'huis' },
    ],
    connections: [
      { ...connection, id: 'c-1', account: { subject: 'ada', label: 'ada@files.example' } },
      {
        ...connection,
        id: 'c-2',
        account: { subject: 'work' },
        scopes: { requested: ['files.read', 'files.write'], granted: ['files.read'] },
      },
      { ...connection, id: 'c-3', account: { subject: 'old' }, status: 'needs_reconnect', reason: 'revoked' },
      {
        ...connection,
        id: 'c-4',
        provider: 'gone',
        account: { subject: 'last' },
        status: 'expiring',
        expires_at: '2026-12-24T10:00:00.000Z',
      },
    ],
  }
  const account: Account = {
    providers: [
      { id: 'acme', name: 'Acme', sign_in: true, connect: false },
      { id: 'huis', name: 'הבית', sign_in: true, connect: true },
      { id: 'files', name: 'Files', sign_in: false, connect: true },
    ],
    failures: {},
    answer({ method, path }, response) {
      const end = (status: number, body: object) => {
        response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
        return true
      }
      const failure = account.failures[`${method} ${path}`]
      if (failure) return end(failure.status, { error: failure.error, request_id: 'req-7' })
      return path === '/providers' && end(200, { providers: account.providers })
    },
  }
  return account
}

const created_at = '2026-11-02T10:00:00.000Z'
const session = { client_id: 'web', provider: 'acme', created_at, last_used_at: created_at }
const connection = {
  provider: 'files',
  scopes: { requested: ['openid', 'offline_access', 'files.read'], granted: ['files.read'] },
  status: 'active',
  connected_at: created_at,
}
const identity = { provider: 'acme', subject: 'subject-1', created_at }
