import type { Refresh } from '@latchkey/providers'

const issued: Record<Refresh['issued'], string> = {
  yes: 'It issues refresh tokens.',
  conditional: 'It issues refresh tokens under conditions.',
  no: 'It issues no refresh tokens.',
  unknown: 'Whether it issues refresh tokens is not known.',
}

/** How a provider's tokens end, each a sentence. */
export function endings(refresh: Refresh): string[] {
  const { accessTokenSeconds, graceSeconds, endsAfterDays, endsUnusedAfterDays, note } = refresh
  const said: (string | false | undefined)[] = [
    issued[refresh.issued],
    refresh.neverExpires && 'Access tokens do not end by themselves.',
    accessTokenSeconds !== undefined && `Access tokens live ${duration(accessTokenSeconds)}.`,
    refresh.rotates === true &&
      `Each refresh gives a new refresh token, and the old one ${oldToken(graceSeconds)}.`,
    refresh.omitted && 'A refresh keeps the refresh token.',
    endsAfterDays !== undefined && `A connection ends ${days(endsAfterDays)} after the consent.`,
    endsUnusedAfterDays !== undefined &&
      `${refresh.issued === 'no' ? 'A connection' : 'A refresh token'} ends when it is ${
        refresh.issued === 'no' ? 'not renewed' : 'unused'
      } for ${days(endsUnusedAfterDays)}.`,
    refresh.revocationEndsAccount && 'Revoking one token ends all grants of the account.',
    note !== undefined && sentence(note),
  ]
  return said.filter((text) => typeof text === 'string')
}

const oldToken = (grace: number | undefined): string =>
  grace === undefined ? 'ends' : `works ${duration(grace)} longer`

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`)

/** In the largest unit that comes out even, or nearly. */
function duration(seconds: number): string {
  for (const [unit, size] of units) {
    if (seconds % size === 0 || seconds > 100 * size) {
      const count = Math.round(seconds / size)
      return count === 1 ? `1 ${unit}` : `${count} ${unit}s`
    }
  }
  return `${seconds} seconds`
}

const units: [string, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
]

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? '' : '.'}`
