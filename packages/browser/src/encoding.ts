const encoder = new TextEncoder()

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)

export function base64url(bytes: Uint8Array | ArrayBuffer): string {
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes)))
  return text.replace(/[+/=]/g, (character) => ({ '+': '-', '/': '_' })[character] ?? '')
}

export const sha256 = async (text: string): Promise<string> =>
  base64url(await crypto.subtle.digest('SHA-256', utf8(text)))

/** `length` random bytes, in base64url: 32 make 43 characters. */
export const random = (length: number): string => base64url(crypto.getRandomValues(new Uint8Array(length)))

/** A JWT's payload, unverified: only for tokens that came straight from the token endpoint. */
export function jwtPayload(jwt: string): unknown {
  const binary = atob(
    (jwt.split('.')[1] ?? '').replace(/[-_]/g, (character) => (character === '-' ? '+' : '/')),
  )
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0))))
}
