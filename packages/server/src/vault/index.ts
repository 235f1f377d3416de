export {
  type ConnectionPlace,
  createVaultContents,
  type HeldTokens,
  type QuarantinePlace,
  type VaultContents,
} from './contents.ts'
export { VaultError, type VaultErrorCode } from './errors.ts'
export type { HandedToken } from './hand-outs.ts'
export { checkKnownKeys } from './known-keys.ts'
export { dataKeyPollMs, type OpenVault, openVault } from './open-vault.ts'
export { type By, createRemovals, type Removals, type Revoked } from './removals.ts'
export { type ResealDeps, type Resealed, resealVault } from './reseal.ts'
export { revocationPollMs } from './revocations.ts'
export { dropUnusedDataKeys, rotateDataKey } from './rotate-data-key.ts'
export { wantedScopes } from './scopes.ts'
export { createServing, type Serving, type ServingDeps } from './serving.ts'
export { type ShownConnection, shownConnection } from './shown.ts'
export { upkeepEveryMs } from './upkeep.ts'
export { createVault, type Vault, type VaultDeps } from './vault.ts'
