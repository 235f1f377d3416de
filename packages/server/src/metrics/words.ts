/** How many different words one label may have. Those of ours are a few dozen. */
const most = 100

/**
 * Lets the words of ours through, and no more of them than there can be: whatever else a mistake might hand in becomes
 * `other`, so that it neither shows nor fills the memory.
 */
export function createWords(): (text: string) => string {
  const known = new Set<string>()
  return (text) => {
    if (known.has(text)) return text
    if (known.size >= most || !/^[a-z][a-z0-9_.:-]{0,63}$/.test(text)) return 'other'
    known.add(text)
    return text
  }
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
/** Anybody may make up a method. */
export const methodLabel = (method: string): string => (methods.has(method) ? method : 'other')

/** `2xx`: what exactly an error was, its code says. */
export const statusClass = (status: number): string =>
  status >= 100 && status < 600 ? `${Math.floor(status / 100)}xx` : 'other'
