import { LatchkeyError } from '../errors.ts'

export type VaultErrorCode = 'sealed_otherwise'

const meanings: Record<VaultErrorCode, string> = {
  sealed_otherwise: 'its tokens were sealed for another row, or with a secret that is not configured',
}

/** What the vault cannot do with a row, for a reason that only the operator can act on. */
export class VaultError extends LatchkeyError {
  /** @param id of the row */
  constructor(code: VaultErrorCode, id: string) {
    super(code, `${id}: ${meanings[code]}`)
  }
}
