import { knownBy, type ProviderGuide } from '../config/index.ts'
import { fold } from './print.ts'

/** A provider's guide for people, 80 columns wide. */
export function printGuide(guide: ProviderGuide, { key, uris }: { key: string; uris: string[] }): string {
  const { name, id, scopes, docs } = guide
  const sections: [heading: string, lines: string[]][] = [
    ['', summary(guide)],
    ['Register', register(guide, uris)],
    ['Configuration', configuration(guide, key)],
    ['Scopes', [listed('signing in', scopes.sign_in), listed('connecting', scopes.connect)]],
    ['Its tokens', guide.tokens.map(bullet)],
    [
      'Deviations from the standards',
      guide.quirks.map((quirk) => bullet(`${quirk.name}: ${quirk.description}`)),
    ],
    [
      'How well it is known',
      [
        fold(knownBy(guide.verified)),
        ...guide.verified.urls.map((url) => `  ${url}`),
        ...guide.verified.decisions.map(bullet),
      ],
    ],
    ['Documentation', docs === undefined ? [] : [`  ${docs}`]],
  ]
  const text = sections
    .filter(([, lines]) => lines.length > 0)
    .map(
      ([heading, lines]) =>
        (heading === '' ? '' : `\n${heading}\n`) + lines.map((line) => `${line}\n`).join(''),
    )
  return `${name} (${id})\n${text.join('')}`
}

/** What people stumble over when they register, and where there is more. */
export const printTraps = ({ id, traps }: ProviderGuide): string =>
  traps.map((trap) => `${fold(trap, { first: '- ', indent: '  ' })}\n`).join('') +
  `More: latchkey providers ${id}\n`

const bullet = (text: string): string => fold(text, { first: '  - ', indent: '    ' })

const protocols = { oidc: 'OpenID Connect', oauth2: 'OAuth 2.0', oauth1: 'OAuth 1.0a' }

function summary({ protocol, sign_in, connect, because, ending }: ProviderGuide): string[] {
  const both = connect
    ? 'Signs people in; accounts can be connected.'
    : "Signs people in; no account can be connected: its tokens are the app's own."
  const use = sign_in
    ? both
    : `Accounts can be connected; it signs nobody in: ${because ?? 'nothing tells who somebody is'}`
  return [
    fold(`${protocols[protocol]}. ${use}`),
    ...(ending === undefined ? [] : [fold(`Its end: ${ending}`)]),
  ]
}

function register({ console, traps }: ProviderGuide, uris: string[]): string[] {
  return [
    ...(console === undefined ? [] : [`  at            ${console}`]),
    ...uris.map((uri) => `  redirect URI  ${uri}`),
    ...traps.map(bullet),
  ]
}

function configuration(
  { configuration: provider, tenant, environment }: ProviderGuide,
  key: string,
): string[] {
  const json = JSON.stringify({ providers: { [key]: provider } }, null, 2).split('\n')
  return [
    ...json.map((line) => `  ${line}`),
    ...tenant.map((one) => {
      const such = one.choices === undefined ? `such as ${one.example}` : `one of ${one.choices.join(', ')}`
      const fallback = one.default === undefined ? '' : `; without it ${one.default}`
      return bullet(`${one.key}: ${one.description.replace(/\.$/, '')}, ${such}${fallback}.`)
    }),
    ...(environment.length === 0 ? [] : [bullet(`From the environment: ${environment.join(', ')}.`)]),
  ]
}

const listed = (when: string, scopes: string[]): string =>
  fold(scopes.length === 0 ? 'none' : scopes.join(' '), {
    first: `  ${`${when}:`.padEnd(12)} `,
    indent: ' '.repeat(15),
  })
