import { LatchkeyError } from '../errors.ts'
import type { StoredSigningKey } from '../storage/index.ts'
import { activate, addKey, carryOut, type KeyTools, type RotationReason } from './carry-out.ts'
import { isScheduled, isWaiting, maySignFrom, planKeys } from './life.ts'
import { openSigningKey } from './signing-key.ts'

/**
 * - `planned`: the next key begins to sign as soon as every verifier can know it. Nobody notices.
 * - `now`: it begins at once. A verifier that has not seen it yet asks again; one that may not ask refuses.
 * - `revoke`: a new key begins at once, and all others are forgotten: what they signed is refused.
 */
export type RotationMode = Exclude<RotationReason, 'algorithm'>

export interface Rotation {
  /** False: another rotation is under way, and this one changed nothing. */
  rotated: boolean
  /** The key that signs from `beginsAt` on (milliseconds). */
  kid: string
  beginsAt: number
  /** Keys that were forgotten. */
  revoked: string[]
}

/**
 * Lets another key sign. Running servers take it up within seconds.
 * @throws LatchkeyError `wrong_secret` when the servers could not open what this process seals; StorageError
 */
export async function rotateSigningKeys(mode: RotationMode, tools: KeyTools): Promise<Rotation> {
  // Others may add, activate and remove at the same time: look again, a few times.
  for (let attempt = 0; attempt < 5; attempt++) {
    const rotation = await (mode === 'revoke' ? revokeAll(tools) : begin(mode, tools))
    if (rotation === undefined) continue
    // Published from now on, for the time after.
    await addKey({ after: rotation.kid, signs: false }, tools)
    return rotation
  }
  throw new LatchkeyError('rotation_failed', 'The signing keys are being changed by others. Try again.')
}

async function begin(mode: 'planned' | 'now', tools: KeyTools): Promise<Rotation | undefined> {
  const { store, sealer, clock, algorithm } = tools
  const rows = await store.list()
  const now = clock.now()
  const { signing, steps } = planKeys(rows, now, algorithm)
  const [signer] = signing
  // Where nothing signs, one is to go on with meanwhile.
  const interim = steps.find((step) => step.do === 'activate')
  const current = rows.find(({ kid }) => kid === (signer ?? interim?.kid))
  if (current !== undefined && openSigningKey(current, sealer) === undefined) {
    throw new LatchkeyError(
      'wrong_secret',
      'The active signing key was sealed with a secret that is not among the configured ones: the servers could not ' +
        'open a key that this configuration seals. Nothing was changed.',
    )
  }
  const own = rows.filter((row) => row.algorithm === algorithm)
  const scheduled = own.find((row) => isScheduled(row, now))
  if (mode === 'planned' && scheduled !== undefined) return underWay(scheduled)
  if (
    mode === 'planned' &&
    signer === undefined &&
    interim !== undefined &&
    current?.algorithm !== algorithm
  ) {
    await carryOut(interim, tools)
    return
  }
  const next = own.findLast(isWaiting)
  if (next === undefined) {
    await addKey({ ...last(own), signs: false }, tools)
    return
  }
  const beginsAt = mode === 'now' || signer === undefined ? now : Math.max(now, maySignFrom(next))
  if (await activate(next.kid, beginsAt, mode, tools))
    return { rotated: true, kid: next.kid, beginsAt, revoked: [] }
  // Somebody was faster. One rotation is what was wanted.
  return underWay((await store.list()).find(({ kid }) => kid === next.kid))
}

/** Never by way of a key that was there before: whoever has read one may have read all. */
async function revokeAll(tools: KeyTools): Promise<Rotation | undefined> {
  const { store, clock, algorithm } = tools
  const rows = await store.list()
  const fresh = await addKey(
    { ...last(rows.filter((row) => row.algorithm === algorithm)), signs: false },
    tools,
  )
  if (fresh === undefined) return
  const now = clock.now()
  if (!(await activate(fresh.kid, now, 'revoke', tools))) return
  const revoked: string[] = []
  for (const { kid } of rows) {
    await store.retire(kid, now)
    if (await store.remove(kid, Number.MAX_SAFE_INTEGER)) revoked.push(kid)
  }
  return { rotated: true, kid: fresh.kid, beginsAt: now, revoked }
}

function underWay(row: StoredSigningKey | undefined): Rotation | undefined {
  if (row?.activatedAt === undefined) return
  return { rotated: false, kid: row.kid, beginsAt: row.activatedAt, revoked: [] }
}

function last(rows: readonly StoredSigningKey[]): { after?: string } {
  const kid = rows.at(-1)?.kid
  return kid === undefined ? {} : { after: kid }
}
