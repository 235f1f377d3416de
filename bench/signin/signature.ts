// Node converts between these two forms itself (`dsaEncoding`), at up to three times the price of a signature.

/** From DER's two integers (RFC 3279 section 2.2.3) to JOSE's `r || s` of 32 bytes each (RFC 7518 section 3.4). */
export function toJose(der: Buffer): Buffer {
  const raw = Buffer.alloc(64)
  for (let at = 2, half = 0; half < 2; half++) {
    const end = at + 2 + (der[at + 1] ?? 0)
    // Without the zero that keeps it positive; shorter ones are padded on the left.
    const integer = der.subarray(Math.max(at + 2, end - 32), end)
    integer.copy(raw, half * 32 + 32 - integer.length)
    at = end
  }
  return raw
}

/** The way back. */
export function toDer(raw: Buffer): Buffer {
  const integers = [raw.subarray(0, 32), raw.subarray(32)].map((half) => {
    const first = Math.max(
      0,
      half.findIndex((byte) => byte !== 0),
    )
    const sign = (half[first] ?? 0) >= 0x80 ? [0] : []
    return Buffer.from([0x02, 32 - first + sign.length, ...sign, ...half.subarray(first)])
  })
  const body = Buffer.concat(integers)
  return Buffer.concat([Buffer.from([0x30, body.length]), body])
}
