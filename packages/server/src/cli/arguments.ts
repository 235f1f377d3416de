import { InvalidArgumentError } from 'commander'
import { readCursor } from '../cursor.ts'

/** The command was asked for something that it cannot do. Ends it with 2. */
export class UsageError extends Error {}

/** What every list takes. */
export interface PageFlags {
  limit: number
  cursor?: { createdAt: number; id: string }
}

export const pageOptions = {
  limit: ['--limit <number>', 'at most so many, 1 to 1000', readLimit, 100],
  cursor: ['--cursor <cursor>', 'go on where a list ended ("next_cursor")', readPlace],
} as const

function readLimit(text: string): number {
  if (/^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 1000) return Number(text)
  throw new InvalidArgumentError('Give a number from 1 to 1000.')
}

function readPlace(text: string): { createdAt: number; id: string } {
  const place = readCursor(text)
  if (place !== undefined) return place
  throw new InvalidArgumentError('Give the cursor of a list as it was printed.')
}

/** For an option that may be given several times. */
export const oneMore = (value: string, before: string[] = []): string[] => [...before, value]

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `30m`, `12h`, `7d` in milliseconds; at most 365 days. */
export function readDuration(text: string): number {
  const [, count = '0', unit = 'm'] = /^(\d{1,6})([mhd])$/.exec(text) ?? []
  const ms = Number(count) * (unit === 'd' ? units.d : unit === 'h' ? units.h : units.m)
  if (ms > 0 && ms <= 365 * units.d) return ms
  throw new InvalidArgumentError('Give minutes, hours or days, such as 30m, 12h or 7d; at most 365d.')
}
