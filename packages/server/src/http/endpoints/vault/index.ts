export { listVaultConnections } from './connections.ts'
export { vaultProxy } from './proxy.ts'
export { vaultReport } from './report.ts'
export { vaultToken } from './token.ts'
