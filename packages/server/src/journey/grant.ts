/** What a code stands for: stored under the code's hash, yielded to whoever redeems it with the right verifier. */
export interface CodeGrant {
  clientId: string
  redirectUri: string
  /** base64url of SHA-256. */
  codeChallenge: string
  dpopJkt?: string
  scope: string
  /** As asked at the start; empty means all of the client's. */
  resources: string[]
  nonce?: string
  userId: string
  identityId: string
  provider: string
  /** Seconds since the epoch. */
  authTime: number
  amr?: string[]
  acr?: string
  upstreamSid?: string
}
