/** Told how it went: `ok`, or the word for why it did not go well. */
export type NoteServed = (what: 'hand_out' | 'renewal', provider: string, outcome: string) => void

/** The word for what was thrown. */
export const wordFor = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unexpected'
