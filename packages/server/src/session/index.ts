export { createDpopNonces, type DpopNonces } from './dpop-nonce.ts'
export { createRefreshTokens } from './refresh-token.ts'
export { createSessions, type SessionGrant, type Sessions } from './sessions.ts'
export { createTokenMint, profileClaims, type TokenResponse } from './tokens.ts'
