export { createSealer, type Sealer } from './sealer.ts'
export { fromBase64url, toBase64url } from './base64url.ts'
