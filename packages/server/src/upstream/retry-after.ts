const second = 1_000
const hour = 3_600_000

/** IMF-fixdate (RFC 9110 section 5.6.7), the one form that is still sent. */
const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/**
 * What `Retry-After` asks for (RFC 9110 section 10.2.3): seconds or a date, in ms from `now`, kept between 1 s and 1 h
 * since it may be a mistake. Undefined when it is absent or makes no sense.
 */
export function readRetryAfter(value: string | null, now: number): number | undefined {
  const text = value?.trim() ?? ''
  const ms = /^\d{1,10}$/.test(text)
    ? Number(text) * second
    : httpDate.test(text)
      ? Date.parse(text) - now
      : NaN
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, second), hour)
}
