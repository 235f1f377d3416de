/** As a logger of pino's kind takes it. */
export interface StorageLogger {
  info(details: Record<string, unknown>, message: string): void
}

export interface StorageDependencies {
  logger?: StorageLogger
  /** Dates the applied migrations; every other time comes with a call. */
  clock?: { now(): number }
}
