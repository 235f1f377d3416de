/**
 * Whether two origins can be one site: the same scheme, and hosts that are equal or share a parent domain of two labels
 * at least. Only a browser knows more, from its list of public suffixes: `a.co.uk` and `b.co.uk` pass here.
 */
export function canBeOneSite(one: URL, other: URL): boolean {
  if (one.protocol !== other.protocol) return false
  if (one.hostname === other.hostname) return true
  const [mine, theirs] = [one, other].map(parentOf)
  return mine !== undefined && mine === theirs
}

/** The last two labels of a name; an address has no parents. */
function parentOf({ hostname }: URL): string | undefined {
  const labels = hostname.split('.')
  if (labels.length < 2 || hostname.startsWith('[') || /^[\d.]+$/.test(hostname)) return undefined
  return labels.slice(-2).join('.')
}
