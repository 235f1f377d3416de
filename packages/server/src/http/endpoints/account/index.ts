export { eraseAccount, readAccount } from './account.ts'
export { disconnect, finishConnect, listConnections } from './connections.ts'
export { finishLink, listIdentities, unlink } from './identities.ts'
export { endAllSessions, endSession, listSessions } from './sessions.ts'
