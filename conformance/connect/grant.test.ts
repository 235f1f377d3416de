// What tells the tokens of one consent from those of another: `conformance/vault/late-answers.test.ts` leans on it.
import { expect, it } from 'vitest'
import { openAs, openDatabase } from '../vault/database.ts'
import { connect, openRoom, signIn } from './support.ts'

it('V10 V14 each time that an account is connected, its tokens get a name of their own', async () => {
  const room = await openRoom()
  const { server } = room
  const secret = server.serverSecrets[0] ?? ''
  const database = await openDatabase(server.storage, secret)
  try {
    const user = await signIn(server, { provider: 'oidc' })
    const grants: unknown[] = []
    for (const version of [1, 2, 3]) {
      const { id } = await connect(server, user)
      const row = await database.find(id)
      expect(row.version).toBe(version)
      const place = `connections/${id}/${row.userId}/${row.provider}/${version}`
      const { grant } = openAs(secret, place, row.sealed)
      grants.push(grant)
    }
    expect(grants).toEqual(Array(3).fill(expect.stringMatching(/^qtn_/)))
    expect(new Set(grants).size).toBe(3)
  } finally {
    await database.close()
    await room.close()
  }
})
