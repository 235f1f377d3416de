export { fromBase64url, isCanonicalJws } from './base64url.ts'
export { createKeyring, type Keyring, type Mac, type Purpose, type Sealer } from './keyring.ts'
