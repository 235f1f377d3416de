export { atHash, type SigningAlgorithm, type SigningKey } from './signing-key.ts'
export { openSigningKeys, type SigningKeys } from './signing-keys.ts'
