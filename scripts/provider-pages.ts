import { catalogue } from '@latchkey/providers'
import {
  catalogueList,
  guideTo,
  knownBy,
  type ProviderGuide,
} from '../packages/server/src/config/catalogue/guide.ts'

const issuer = 'https://issuer.example'

/** docs/providers: the name of each file, and what is in it. */
export function providerPages(): Map<string, string> {
  return new Map([
    ['index.md', indexPage()],
    ...catalogue.map((entry): [string, string] => [
      `${entry.id}.md`,
      providerPage(guideTo(entry, { issuer })),
    ]),
  ])
}

const made = '<!-- Made by `npm run providers` from packages/providers/src/entries: change the entry. -->'

const protocols = { oidc: 'OpenID Connect', oauth2: 'OAuth 2.0', oauth1: 'OAuth 1.0a' }

/** Text of the catalogue, which is not Markdown. */
const plain = (text: string): string => text.replaceAll(/[\\`*_[\]<>|~]/g, '\\$&')
const code = (text: string): string => (text.includes('`') ? plain(text) : `\`${text}\``)
const cell = (text: string): string => code(text).replaceAll('|', '\\|')
const bullets = (lines: string[]): string => lines.map((line) => `- ${line}\n`).join('')

function indexPage(): string {
  const all = catalogueList()
  const rows = all.map(
    ({ id, name, protocol, sign_in, connect, tenant, verified }) =>
      `| [${plain(name)}](${id}.md) | ${cell(id)} | ${protocols[protocol]} | ${[...(sign_in ? ['sign in'] : []), ...(connect ? ['connect'] : [])].join(', ')} | ${tenant.map(cell).join(', ')} | ${verified.degree === 'documentation' ? `documentation, ${verified.on}` : sources(verified.sources)} |`,
  )
  const checked = all.filter(({ verified }) => verified.degree === 'documentation').length
  return `${made}

# Providers

The ${all.length} providers that Latchkey knows. Each needs an id and a secret of your own, and [a line or two of
configuration](../configuration.md#providers-of-the-catalogue). \`npx --no latchkey providers ID\` says the same at a terminal, with the
redirect URI of your installation; any other provider can be [described by hand](../configuration.md#every-provider).

"Known by": ${checked} are checked with the provider's own documentation; the others are what independent sources agree on. None is
tested against the live provider.

| provider | id | speaks | for | tenant | known by |
|---|---|---|---|---|---|
${rows.join('\n')}
`
}

const sources = (count: number): string => `${count} source${count === 1 ? '' : 's'}`

function providerPage(guide: ProviderGuide): string {
  const { id, name, protocol, sign_in: signIn, connect, because, ending, docs } = guide
  const both = connect
    ? 'It signs people in, and accounts can be connected.'
    : "It signs people in. No account can be connected: its tokens are the app's own."
  const use = signIn ? both : 'Accounts can be connected.'
  const parts = [
    made,
    `# ${plain(name)}`,
    `${code(id)} speaks ${protocols[protocol]}. ${use}`,
    because === undefined ? '' : `It signs nobody in: ${plain(because)}`,
    ending === undefined ? '' : `**Its end:** ${plain(ending)}`,
    '## Register',
    bullets([
      ...(guide.console === undefined ? [] : [`at <${guide.console}>`]),
      `redirect URI: ${code(guide.redirect_uri.replace(issuer, '{issuer}'))}`,
      ...guide.traps.map(plain),
    ]),
    '## Configuration',
    `\`\`\`json\n${JSON.stringify({ providers: { [id]: guide.configuration } }, null, 2)}\n\`\`\``,
    tenants(guide),
    '## Scopes',
    bullets([`signing in: ${scopes(guide.scopes.sign_in)}`, `connecting: ${scopes(guide.scopes.connect)}`]),
    '## How its tokens end',
    bullets(guide.tokens.map(plain)),
    guide.quirks.length === 0 ? '' : '## Where it deviates',
    bullets(guide.quirks.map((quirk) => `${code(quirk.name)}: ${plain(quirk.description)}`)),
    '## How well it is known',
    plain(knownBy(guide.verified)),
    bullets([
      ...guide.verified.urls.map((url) => `<${url}>`),
      ...(docs === undefined || guide.verified.urls.includes(docs) ? [] : [`<${docs}>`]),
    ]),
    guide.verified.decisions.length === 0
      ? ''
      : `Where sources disagreed:\n\n${bullets(guide.verified.decisions.map(plain))}`,
  ]
  return `${parts
    .map((part) => part.trimEnd())
    .filter((part) => part !== '')
    .join('\n\n')}\n`
}

const scopes = (names: string[]): string => (names.length === 0 ? 'none' : names.map(code).join(' '))

function tenants({ tenant }: ProviderGuide): string {
  if (tenant.length === 0) return ''
  const rows = tenant.map(({ key, description, example, choices, default: fallback }) => {
    const such = choices === undefined ? cell(example) : choices.map(cell).join(', ')
    return `| ${cell(key)} | ${plain(description)} | ${such} | ${fallback === undefined ? 'required' : cell(fallback)} |`
  })
  return `| key | what it is | such as | default |\n|---|---|---|---|\n${rows.join('\n')}`
}
