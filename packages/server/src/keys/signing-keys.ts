import { LatchkeyError } from '../errors.ts'
import type { Logger } from '../logging.ts'
import type { StoredSigningKey } from '../storage/index.ts'
import { carryOut, type KeyTools } from './carry-out.ts'
import { type KeyPlan, maySign, planKeys } from './life.ts'
import { type Rotation, type RotationMode, rotateSigningKeys } from './rotate.ts'
import { openSigningKey, resealed, type SigningAlgorithm, type SigningKey } from './signing-key.ts'

/** The keys in this process's hands, so that keys are published and tokens verified with the database gone. */
export interface SigningKeys {
  /**
   * The key for tokens that live at most so long. Sign with it at once, within `signWithinMs`: that it was used is noted
   * ahead, so that the key is published until the last of its tokens has expired. Mostly without a look at the database.
   * @throws StorageError when the use cannot be noted; LatchkeyError `no_signing_key`
   */
  signer(lifetimeSeconds: number): Promise<SigningKey>
  /** What tokens are signed with: the configured one, and another while any process may sign with a key of it. */
  algorithms(): SigningAlgorithm[]
  /** By `kid`, among all that are published. */
  find(kid: string): SigningKey | undefined
  /** The same after another look at the database, since another process may have made it; at most one look a second. */
  findRenewed(kid: string): Promise<SigningKey | undefined>
  /** What signs now, and since when in ms since the epoch, as far as this process knows. */
  signing(): { algorithm: SigningAlgorithm; since: number } | undefined
  /** RFC 7517, as served at `/jwks`. */
  published(): { keys: Record<string, unknown>[] }
  /** One round in the life of keys: takes up what others did, does what is due. @throws StorageError, and nothing changes */
  tend(): Promise<void>
  rotate(mode: RotationMode): Promise<Rotation>
}

/** Between getting a key and signing with it lie the writes of a session. */
const signWithinMs = 30_000
/** Uses are noted for at least so long ahead. */
const minAheadMs = 30_000
/** Nothing is signed by what is known for longer than that: less than a retired key is published at least. */
const maxAgeMs = 30_000
const renewalMs = 1_000

interface View {
  plan: KeyPlan
  keys: ReadonlyMap<string, SigningKey>
  published: { keys: Record<string, unknown>[] }
  signer: SigningKey | undefined
  algorithms: SigningAlgorithm[]
  signingSince: number | undefined
  readAt: number
}

/**
 * Opens the signing keys, and makes the first one where there is none; the rest is for `tend`.
 * @throws LatchkeyError `wrong_secret` when no configured secret opens a stored key: going on would sign everybody out
 */
export async function openSigningKeys(tools: KeyTools & { logger: Logger }): Promise<SigningKeys> {
  const { store, sealer, clock, algorithm, logger } = tools
  const noted = new Map<string, number>()
  const unopened = new Set<string>()
  let opened: ReadonlyMap<string, SigningKey> = new Map()
  let reading: Promise<View> | undefined
  let noting: Promise<boolean> | undefined
  let tending: Promise<void> | undefined
  let renewedAt = Number.NEGATIVE_INFINITY

  let view = await start()

  async function start(): Promise<View> {
    let rows = await store.list()
    const { signing, steps } = planKeys(rows, clock.now(), algorithm)
    if (signing.length === 0) {
      // Of several processes that start at once one adds its key; all go on with that one.
      for (const step of steps) await carryOut(step, tools)
      rows = await store.list()
    }
    const first = lookAt(rows)
    const [foreign] = unopened
    if (foreign !== undefined) {
      throw new LatchkeyError(
        'wrong_secret',
        `The signing key ${foreign} in the database was sealed with a secret that is not among the configured ones. ` +
          'Add the secret that this database was used with to "secrets".',
      )
    }
    if (first.signer === undefined)
      throw new LatchkeyError('no_signing_key', 'There is no signing key and none could be added.')
    // So that an old secret can be removed once every process has started with the new one before it.
    for (const row of rows) {
      const sealed = resealed(row, sealer)
      if (sealed !== undefined) await store.reseal(row.kid, row.sealedPrivateJwk, sealed)
    }
    return first
  }

  function lookAt(rows: readonly StoredSigningKey[]): View {
    const readAt = clock.now()
    const plan = planKeys(rows, readAt, algorithm)
    opened = openAll(rows)
    for (const kid of noted.keys()) if (!opened.has(kid)) noted.delete(kid)
    for (const { kid, lastExpiresAt = 0 } of rows) noteLocally(kid, lastExpiresAt)
    const keys = new Map([...opened].filter(([kid]) => plan.published.includes(kid)))
    const signer = plan.signing.map((kid) => keys.get(kid)).find((key) => key !== undefined)
    const usable = rows.filter((row) => maySign(row, readAt)).map(({ kid }) => keys.get(kid))
    const algorithms = new Set([algorithm, ...[signer, ...usable].flatMap((key) => key?.algorithm ?? [])])
    const published = { keys: [...keys.values()].map((key) => key.publicJwk) }
    const signingSince = rows.find(({ kid }) => kid === signer?.kid)?.activatedAt
    return { plan, keys, signer, signingSince, algorithms: [...algorithms], readAt, published }
  }

  /**
   * Only keys that our secrets open are published: whoever may write to the database, and has no secret, can add none. One
   * that another process sealed with a secret that this one lacks is told of, and passed over.
   */
  function openAll(rows: readonly StoredSigningKey[]): ReadonlyMap<string, SigningKey> {
    const keys = new Map<string, SigningKey>()
    for (const row of rows) {
      const key = opened.get(row.kid) ?? openSigningKey(row, sealer)
      if (key !== undefined) keys.set(row.kid, key)
      else if (!unopened.has(row.kid)) {
        unopened.add(row.kid)
        logger.error({ kid: row.kid }, 'a signing key was sealed with a secret that is not configured here')
      }
    }
    return keys
  }

  /** One look at a time; whoever asks meanwhile gets its answer. */
  function read(): Promise<View> {
    reading ??= store
      .list()
      .then((rows) => {
        const before = view.signer?.kid
        view = lookAt(rows)
        if (view.signer?.kid !== before) logger.info({ kid: view.signer?.kid, before }, 'another signing key')
        return view
      })
      .finally(() => {
        reading = undefined
      })
    return reading
  }

  /** A look that began after this call. */
  async function readAnew(): Promise<View> {
    await reading?.catch(() => undefined)
    return read()
  }

  async function round(): Promise<void> {
    // What a step leads to is due at once: a key that was activated wants a next one.
    for (let looks = 0; looks < 4; looks++) {
      const { plan } = await readAnew()
      if (plan.steps.length === 0) return
      for (const step of plan.steps) await carryOut(step, tools)
    }
    await readAnew()
  }

  function tend(): Promise<void> {
    tending ??= round().finally(() => {
      tending = undefined
    })
    return tending
  }

  function noteLocally(kid: string, expiresAt: number): void {
    if (expiresAt > (noted.get(kid) ?? 0)) noted.set(kid, expiresAt)
  }

  /** False when the key is gone. */
  function note(kid: string, expiresAt: number): Promise<boolean> {
    noting ??= store
      .noteUse(kid, expiresAt)
      .then((known) => {
        if (known) noteLocally(kid, expiresAt)
        return known
      })
      .finally(() => {
        noting = undefined
      })
    return noting
  }

  async function signer(lifetimeSeconds: number): Promise<SigningKey> {
    if (clock.now() - view.readAt > maxAgeMs) await read()
    for (let attempt = 0; attempt < 4; attempt++) {
      const key = view.signer
      const needed = clock.now() + lifetimeSeconds * 1000 + signWithinMs
      if (key !== undefined && (noted.get(key.kid) ?? 0) >= needed) return key
      const ahead = Math.max(lifetimeSeconds * 1000, minAheadMs)
      if (key === undefined || !(await note(key.kid, needed + ahead))) await tend()
    }
    throw new LatchkeyError('no_signing_key', 'There is no signing key that could be used.')
  }

  return {
    signer,
    tend,
    algorithms: () => view.algorithms,
    signing() {
      const { signer: key, signingSince: since } = view
      return key === undefined || since === undefined ? undefined : { algorithm: key.algorithm, since }
    },
    find: (kid) => view.keys.get(kid),
    async findRenewed(kid) {
      const now = clock.now()
      if (now - renewedAt >= renewalMs || now < renewedAt) {
        renewedAt = now
        await read()
      } else await reading
      return view.keys.get(kid)
    },
    published: () => view.published,
    async rotate(mode) {
      const rotation = await rotateSigningKeys(mode, tools)
      await readAnew()
      return rotation
    },
  }
}
