import type { Ctx } from './deps.ts'

/**
 * Whether somebody goes here in a window of their own: a frame, an image, a script or a fetch of a page is no person at a
 * browser. Older browsers do not say.
 */
export function isNavigation(c: Ctx): boolean {
  const mode = c.req.header('sec-fetch-mode')
  const dest = c.req.header('sec-fetch-dest')
  // A browser says both or neither. Programs (Node's fetch) say "cors" alone, and are nobody's victim.
  const program = dest === undefined && mode === 'cors'
  return program || ((mode ?? 'navigate') === 'navigate' && (dest ?? 'document') === 'document')
}
