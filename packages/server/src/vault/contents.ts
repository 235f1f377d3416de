import type { ProviderData } from '../upstream/index.ts'
import { VaultError } from './errors.ts'
import type { VaultSealer } from './vault-sealer.ts'

/** What the vault keeps of a provider's answer. Everything else about it is in the open columns of its row. */
export interface HeldTokens {
  accessToken: string
  tokenType: string
  /** With the type `OAuth1`: what requests are signed with. It leaves the vault as a signature only. */
  tokenSecret?: string
  refreshToken?: string
  /** What the provider said beside them that services need. Absent when there is nothing. */
  providerData?: ProviderData
  /** Names the user's consent that they came from: renewals keep it, connecting the account anew does not. */
  grant?: string
}

/** The row that tokens belong to, at one version of it. */
export interface ConnectionPlace {
  id: string
  userId: string
  provider: string
  version: number
}

/** Tokens that no connection holds. */
export interface QuarantinePlace {
  id: string
  userId: string
  provider: string
}

/** Seals tokens for the one place that they belong to: copied to another row, or put back from an older one, they do not open. */
export interface VaultContents {
  seal(place: ConnectionPlace | QuarantinePlace, tokens: HeldTokens): { sealed: string; keyId: string }
  /**
   * At once, unless another process has made a new data key: that is unwrapped first.
   * @throws VaultError `sealed_otherwise`: for another place, or with a secret that is not configured; ApiError
   * `temporarily_unavailable` when its data key cannot be unwrapped now; StorageError
   */
  open(row: (ConnectionPlace | QuarantinePlace) & { sealed: string }): Promise<HeldTokens>
  /** Names the key that seals now: it changes when there is a new data key. */
  readonly keyId: string
  /** Whether what a key of that name sealed can be opened. */
  knows(keyId: string): boolean
}

export function createVaultContents(sealer: VaultSealer): VaultContents {
  return {
    get keyId() {
      return sealer.keyId
    },
    knows: (name) => sealer.knows(name),
    seal(place, { accessToken, tokenType, tokenSecret, refreshToken, providerData, grant }) {
      const held = { accessToken, tokenType, tokenSecret, refreshToken, providerData, grant }
      const plaintext = Buffer.from(JSON.stringify(held))
      try {
        return { sealed: sealer.seal(plaintext, addressOf(place)), keyId: sealer.keyId }
      } finally {
        plaintext.fill(0)
      }
    },
    async open(row) {
      const plaintext = await sealer.open(row.sealed, addressOf(row))
      if (plaintext === undefined) throw sealedOtherwise(row.id)
      try {
        const value: unknown = JSON.parse(plaintext.toString('utf8'))
        if (!isHeldTokens(value)) throw sealedOtherwise(row.id)
        return value
      } finally {
        plaintext.fill(0)
      }
    },
  }
}

/** Table, row, user, provider and version. Neither the first two nor the last two can hold a slash, so no two places share one. */
function addressOf(place: ConnectionPlace | QuarantinePlace): string {
  const [table, version] = 'version' in place ? ['connections', place.version] : ['quarantine', 0]
  return `${table}/${place.id}/${place.userId}/${place.provider}/${version}`
}

function isHeldTokens(value: unknown): value is HeldTokens {
  return (
    typeof value === 'object' &&
    value !== null &&
    'accessToken' in value &&
    typeof value.accessToken === 'string' &&
    'tokenType' in value &&
    typeof value.tokenType === 'string' &&
    (!('tokenSecret' in value) || typeof value.tokenSecret === 'string') &&
    (!('refreshToken' in value) || typeof value.refreshToken === 'string') &&
    (!('providerData' in value) || isProviderData(value.providerData)) &&
    (!('grant' in value) || typeof value.grant === 'string')
  )
}

const isProviderData = (value: unknown): value is ProviderData =>
  typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string')

const sealedOtherwise = (id: string) => new VaultError('sealed_otherwise', id)
