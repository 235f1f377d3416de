import type { Clock } from '../clock.ts'
import type { Events } from '../events.ts'
import { createRequestIds } from '../ids.ts'
import type { Sealer } from '../sealing/index.ts'
import type { SigningKeyStore, StoredSigningKey } from '../storage/index.ts'
import { type KeyStep, planKeys } from './life.ts'
import { generateSigningKey, type SigningAlgorithm } from './signing-key.ts'

/** What it takes to change the stored keys. */
export interface KeyTools {
  store: SigningKeyStore
  sealer: Sealer
  clock: Clock
  events: Events
  /** The configured one. */
  algorithm: SigningAlgorithm
  /** Life of an access token, in seconds. */
  accessTokenSeconds: number
}

/** Why a key began to sign. `algorithm`: the configured one has changed, or differs between processes. */
export type RotationReason = 'planned' | 'now' | 'revoke' | 'algorithm'

/** One statement each; what another process has done meanwhile is no error: the rows tell at the next look. */
export async function carryOut(step: KeyStep, tools: KeyTools): Promise<void> {
  const { store, clock, accessTokenSeconds } = tools
  const now = clock.now()
  switch (step.do) {
    case 'add':
      await addKey(step, tools)
      return
    case 'activate':
      await activate(step.kid, now, 'algorithm', tools)
      return
    case 'note_use':
      await store.noteUse(step.kid, now + accessTokenSeconds * 1000)
      return
    case 'retire':
      await store.retire(step.kid, now)
      return
    case 'remove':
      await store.remove(step.kid, step.before)
  }
}

/** Of any number of processes that add at once one does; the others get undefined. */
export async function addKey(
  { after, signs }: { after?: string; signs: boolean },
  { store, sealer, clock, algorithm }: KeyTools,
): Promise<StoredSigningKey | undefined> {
  const made = await generateSigningKey(algorithm, sealer, clock.now())
  const key = signs ? { ...made, activatedAt: made.createdAt } : made
  const added = await (after === undefined ? store.addFirst(key) : store.addNext(key, after))
  return added ? key : undefined
}

/** Of any number of processes that activate a key at once one does, and tells. */
export async function activate(
  kid: string,
  at: number,
  reason: RotationReason,
  { store, clock, algorithm, events }: KeyTools,
): Promise<boolean> {
  const rows = await store.list()
  const [previous] = planKeys(rows, clock.now(), algorithm).signing
  if (!(await store.activate(kid, at))) return false
  const made = rows.find((row) => row.kid === kid)
  const data = {
    ...{ kid, algorithm: made?.algorithm ?? algorithm, reason, begins_at: new Date(at).toISOString() },
    ...(previous === undefined ? {} : { previous_kid: previous }),
  }
  events.emit('key.rotated', { requestId: createRequestIds()(), data })
  return true
}
