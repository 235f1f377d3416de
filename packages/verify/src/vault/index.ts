export type { VaultConnection, VaultToken } from './answers.ts'
export { VaultError, type VaultErrorCode } from './error.ts'
export type { VaultOptions } from './options.ts'
export { createVault, type Vault, type Whose } from './vault.ts'
