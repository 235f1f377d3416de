/** A number of rows that SQL takes. */
export const atMost = (limit: number): number => Math.max(0, Math.floor(limit)) || 0
