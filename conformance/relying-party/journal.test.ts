import { onMembers } from '@latchkey/testing'
import { expect, it } from 'vitest'
import { openRoom, takeTrip } from './room.ts'

it('what a provider changes is noted for the doctor, and what a browser makes up is not', async () => {
  const room = await openRoom()
  try {
    expect((await takeTrip(room, 'plain')).ending).toBe('code')
    room.hostile.faults.always(
      'userinfo',
      onMembers(({ id }) => ({ id: undefined, user: { id } })),
    )
    for (let count = 0; count < 2; count++) {
      expect((await takeTrip(room, 'plain')).ending).toBe('provider_error')
    }
    room.fresh()
    room.hostile.faults.next('authorize', 'wrong-iss')
    expect((await takeTrip(room, 'oidc')).ending).toBe('provider_error')
    await room.latchkey.close()
    const rows = await room.storage.query(
      'select provider, outcome, count from provider_outcomes order by 1, 2',
    )
    expect(rows).toEqual([
      { provider: 'plain', outcome: 'ok', count: 1 },
      { provider: 'plain', outcome: 'subject_malformed', count: 2 },
    ])
  } finally {
    await room.close()
  }
})
