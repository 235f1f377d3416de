import type { Demo } from '../demo.ts'

/** What `npm start` prints: where everything is, and what to try. */
export function banner({ urls, moved }: Pick<Demo, 'urls' | 'moved'>): string {
  const rows: [string, string, keyof Demo['urls']][] = [
    ['The demo', 'open this', 'page'],
    ['Latchkey', 'issues the tokens', 'latchkey'],
    ['Fake provider', 'five personas', 'provider'],
    ['Apps to connect', 'two more fakes', 'apps'],
    ['Notes service', 'accepts the token', 'notes'],
    ['Billing service', 'refuses it', 'billing'],
  ]
  const lines = rows.map(([name, about, part]) => {
    const note = moved.includes(part) ? `${about} (the usual port is taken)` : about
    return `  ${name.padEnd(18)}${urls[part].padEnd(26)}${note}`
  })
  return [
    '',
    '  latchkey demo',
    '',
    ...lines,
    '',
    `  Open ${urls.page}/ and sign in with one click. Then call both services,`,
    '  read what just happened, and sign in as Dan Novak, who denies consent.',
    '  Ctrl-C ends everything. Users stay in .latchkey/; delete the folder to forget them.',
    '',
  ].join('\n')
}
