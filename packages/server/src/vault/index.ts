export {
  type ConnectionPlace,
  createVaultContents,
  type HeldTokens,
  type QuarantinePlace,
  type VaultContents,
} from './contents.ts'
export { VaultError, type VaultErrorCode } from './errors.ts'
