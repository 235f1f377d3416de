import { request, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Verified } from '../token/verified.ts'
import type { Verifier } from '../verifier.ts'
import {
  accessToken,
  ath,
  audience,
  createKeyPair,
  createScene,
  dpopProof,
  start,
} from '../verify.fixture.ts'

/**
 * An application on one of the frameworks:
 * - `GET /reports` is protected; `GET /write` needs `reports:write`; both answer what `principal` makes of the caller.
 * - `GET /mounted/reports` is behind a router, protected twice.
 */
export type Application = (verifier: Verifier, principal: (auth: Verified) => object) => Promise<Server>

type Reply = { status: number; headers: { [name: string]: string | string[] | undefined }; body: string }

/** Headers as they go out, so that one can be sent twice. */
function send(server: Server, path: string, headers: string[]): Promise<Reply> {
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('not listening')
  return new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port: address.port,
      path,
      headers: ['Host', 'api.example.com', ...headers],
    }
    const outgoing = request({ ...options, agent: false }, (incoming) => {
      let body = ''
      incoming.setEncoding('utf8')
      incoming.on('data', (chunk: string) => {
        body += chunk
      })
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body }))
    })
    outgoing.on('error', reject)
    outgoing.end()
  })
}

/** What every adapter must do, over a real socket. */
export function describeAdapter(name: string, application: Application): void {
  async function withServer(verifier: Verifier, use: (server: Server) => Promise<void>) {
    const other = await application(verifier, ({ subject }) => ({ subject }))
    try {
      await use(other)
    } finally {
      await close(other)
    }
  }

  describe(`the ${name} adapter`, () => {
    const scene = createScene()
    const device = createKeyPair('ES256')
    let server: Server
    let handled = 0
    const faulty: Verifier = {
      ...scene.verifier,
      verify: () => Promise.reject(new Error('a fault of our own')),
    }

    beforeAll(async () => {
      server = await application(scene.verifier, ({ subject, scopes }) => {
        handled++
        return { subject, scopes }
      })
    })
    afterAll(() => close(server))

    const bound = () => accessToken(scene.key, { cnf: { jkt: device.jkt } })
    const prove = (token: string, path = '/reports') =>
      dpopProof(device, { ath: ath(token), htu: audience + path })

    async function refused(path: string, headers: string[]): Promise<Reply> {
      const before = handled
      const reply = await send(server, path, headers)
      expect(handled).toBe(before)
      expect(reply.headers['content-type']).toMatch(/^application\/json/)
      expect(reply.headers['cache-control']).toBe('no-store')
      return reply
    }

    test('S12 no token: 401, a challenge, JSON', async () => {
      const { status, headers, body } = await refused('/reports', [])
      expect(status).toBe(401)
      expect(headers['www-authenticate']).toBe('DPoP algs="ES256 EdDSA Ed25519", Bearer')
      expect(JSON.parse(body)).toEqual({
        error: 'missing_token',
        error_description: 'An access token is required',
      })
    })

    test('Bearer: the handler knows who calls', async () => {
      const { status, body } = await send(server, '/reports', [
        'Authorization',
        `Bearer ${accessToken(scene.key)}`,
      ])
      expect([status, JSON.parse(body)]).toEqual([
        200,
        { subject: 'user-1', scopes: ['openid', 'reports:read'] },
      ])
    })

    test('S09 S10 DPoP: once, with its proof', async () => {
      const token = bound()
      const headers = ['Authorization', `DPoP ${token}`, 'DPoP', prove(token)]
      expect((await send(server, '/reports?page=2', headers)).status).toBe(200)
      const { status, body } = await refused('/reports?page=2', headers)
      expect([status, JSON.parse(body).error]).toEqual([401, 'invalid_dpop_proof'])
      expect((await refused('/reports', ['Authorization', `Bearer ${token}`])).status).toBe(401)
    })

    test('S10 a router’s prefix is part of htu, and protecting twice is no replay', async () => {
      const token = bound()
      const headers = ['Authorization', `DPoP ${token}`, 'DPoP', prove(token, '/mounted/reports')]
      expect((await send(server, '/mounted/reports', headers)).status).toBe(200)
      const cut = ['Authorization', `DPoP ${token}`, 'DPoP', prove(token, '/reports')]
      expect((await refused('/mounted/reports', cut)).status).toBe(401)
    })

    test('S11 the host is not asked', async () => {
      const token = bound()
      const spoofed = [
        'X-Forwarded-Host',
        'evil.test',
        'X-Forwarded-Proto',
        'https',
        'X-Original-URL',
        '/other',
      ]
      const evil = dpopProof(device, { ath: ath(token), htu: 'https://evil.test/reports' })
      expect(
        (await refused('/reports', ['Authorization', `DPoP ${token}`, 'DPoP', evil, ...spoofed])).status,
      ).toBe(401)
      const good = ['Authorization', `DPoP ${token}`, 'DPoP', prove(token), ...spoofed]
      expect((await send(server, '/reports', good)).status).toBe(200)
    })

    test('S07 a missing scope: 403', async () => {
      const reader = ['Authorization', `Bearer ${accessToken(scene.key)}`]
      const { status, headers, body } = await refused('/write', reader)
      expect([status, JSON.parse(body).error]).toEqual([403, 'insufficient_scope'])
      expect(headers['www-authenticate']).toContain('scope="reports:write"')
      const writer = ['Authorization', `Bearer ${accessToken(scene.key, { scope: 'reports:write' })}`]
      expect((await send(server, '/write', writer)).status).toBe(200)
    })

    test('S08 two Authorization headers: 400', async () => {
      const token = accessToken(scene.key)
      const twice = ['Authorization', `Bearer ${token}`, 'authorization', `Bearer ${token}`]
      const { status, body } = await refused('/reports', twice)
      expect([status, JSON.parse(body).error]).toEqual([400, 'invalid_request'])
      const both = await refused(`/reports?access_token=${token}`, ['Authorization', `Bearer ${token}`])
      expect(both.status).toBe(400)
      expect((await refused(`/reports?access_token=${token}`, [])).status).toBe(401)
    })

    test('S10 two DPoP headers: 401', async () => {
      const token = bound()
      const headers = ['Authorization', `DPoP ${token}`, 'DPoP', prove(token), 'DPoP', prove(token)]
      expect((await refused('/reports', headers)).status).toBe(401)
    })

    test('S05 expired: 401', async () => {
      const old = accessToken(scene.key, { iat: start - 600, exp: start - 300 })
      const { status, body } = await refused('/reports', ['Authorization', `Bearer ${old}`])
      expect([status, JSON.parse(body).error_description]).toEqual([401, 'The access token has expired'])
    })

    test('S13 no keys: 503', async () => {
      const cold = createScene()
      cold.endpoint.down()
      await withServer(cold.verifier, async (other) => {
        const headers = ['Authorization', `Bearer ${accessToken(cold.key)}`]
        const { status, headers: answered } = await send(other, '/reports', headers)
        expect([status, answered['retry-after']]).toEqual([503, '5'])
      })
    })

    test('S15 an unexpected fault is a 500, never a pass (GHSA-8fpg-xm3f-6cx3)', async () => {
      await withServer(faulty, async (other) => {
        const { status, body } = await send(other, '/reports', [
          'Authorization',
          `Bearer ${accessToken(scene.key)}`,
        ])
        expect(status).toBe(500)
        expect(body).not.toContain('user-1')
      })
    })

    test.each([undefined, null, false, 'route', 'router'])(
      'S15 nor is a fault that is thrown as %j a pass',
      async (thrown) => {
        const odd: Verifier = { ...scene.verifier, verify: () => Promise.reject(thrown) }
        await withServer(odd, async (other) => {
          const { status, body } = await send(other, '/reports', [])
          expect(status).toBe(500)
          expect(body).not.toContain('user-1')
        })
      },
    )
  })
}

export function listening(server: Server): Promise<Server> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
