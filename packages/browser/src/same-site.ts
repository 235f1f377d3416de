/**
 * Whether page and issuer can be one site at all: same scheme, and the same host or the same last two labels. Whether
 * they are, the server knows by its configuration: this saves asking it where the answer is plain.
 */
export function mayBeSameSite(page: string, issuer: string): boolean {
  const [one, other] = [new URL(page), new URL(issuer)]
  const domain = ({ hostname }: URL) => hostname.split('.').slice(-2).join('.')
  return one.protocol === other.protocol && domain(one) === domain(other)
}
