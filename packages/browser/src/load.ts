import { AuthError, type AuthPhase } from './errors.ts'

/**
 * A part of this package that no page needs to begin with, so that pages begin sooner.
 * @throws AuthError `load_failed`
 */
export async function load<Part>(importing: Promise<Part>, phase: AuthPhase): Promise<Part> {
  try {
    return await importing
  } catch (cause) {
    throw new AuthError('load_failed', phase, undefined, { cause })
  }
}
