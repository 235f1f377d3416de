const encoder = new TextEncoder()

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)

export const base64url = (bytes: Uint8Array | ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '')

export const sha256 = async (text: string): Promise<string> =>
  base64url(await crypto.subtle.digest('SHA-256', utf8(text)))

/** `length` random bytes, in base64url: 32 make 43 characters. */
export const random = (length: number): string => base64url(crypto.getRandomValues(new Uint8Array(length)))

/** A JSON object that came from elsewhere. */
export type Claims = Record<string, unknown>

/** A JWT's payload, unverified: only for tokens that came straight from the token endpoint. */
export function jwtClaims(jwt: string): Claims {
  const [, payload = ''] = jwt.split('.')
  const binary = atob(payload.replace(/-/g, '+').replace(/_/g, '/'))
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0))))
}
