export { listVaultConnections } from './connections.ts'
export { vaultReport } from './report.ts'
export { vaultToken } from './token.ts'
