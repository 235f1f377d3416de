export { fromBase64url, isCanonicalJws, toBase64url } from './base64url.ts'
export { createKeyring, type Keyring, type Mac, type Purpose, type Sealer } from './keyring.ts'
