import { describe } from './describe.ts'
import { element } from './element.ts'
import { type StationState, stations } from './journey.ts'
import type { Report } from './report.ts'
import { style } from './style.ts'

export interface PanelDeps {
  report(): Report
  clear(): void
}

/** The panel as an element, closed; `update` draws it anew if it is open. */
export function createPanel({ report, clear }: PanelDeps): {
  host: HTMLElement
  update(): void
  toggle(): void
} {
  const host = document.createElement('latchkey-devtools')
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(style)
  root.adoptedStyleSheets = [sheet]

  let cameFrom: Element | null = null
  const heading = element('h2', { tabIndex: -1, id: 'title' }, 'Latchkey devtools')
  const content = element('div')
  const close = element('button', { type: 'button', onclick: () => toggle() }, 'Close')
  const emptied = () => {
    clear()
    heading.focus()
  }
  const panel = element(
    'section',
    { 'aria-labelledby': 'title', hidden: true, id: 'panel', dir: 'ltr', lang: 'en' },
    element('header', {}, heading, close),
    content,
    element('div', { className: 'row' }, element('button', { type: 'button', onclick: emptied }, 'Clear')),
  )
  const button = element(
    'button',
    {
      type: 'button',
      'aria-expanded': false,
      'aria-controls': 'panel',
      'aria-keyshortcuts': 'Alt+Shift+L',
      onclick: () => toggle(),
    },
    'Latchkey',
  )
  panel.onkeydown = (event) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    toggle()
  }
  root.append(panel, button)

  function toggle(): void {
    panel.hidden = !panel.hidden
    button.setAttribute('aria-expanded', `${!panel.hidden}`)
    if (panel.hidden) {
      const back =
        cameFrom instanceof HTMLElement && cameFrom !== host && cameFrom.isConnected ? cameFrom : button
      back.focus()
      return
    }
    cameFrom = document.activeElement === document.body ? null : document.activeElement
    update()
    heading.focus()
  }

  function update(): void {
    if (!panel.hidden) content.replaceChildren(...draw(report()))
  }

  return { host, update, toggle }
}

function draw({ facts, user, claims, journey, entries }: Report): Node[] {
  return [
    ...block('Now', list(facts)),
    ...block(
      'Last sign-in',
      journey ? line(journey) : none('None yet. Sign in, and each station shows here.'),
    ),
    ...block('User', user ? list(user) : none('Nobody is signed in.')),
    ...block(
      'Access token',
      claims ? list(claims) : none('None seen yet. Its claims show when one is fetched or sent.'),
    ),
    ...block(
      'What happened, latest first',
      entries.length > 0
        ? element('ol', { className: 'entries' }, ...entries.toReversed().map(entryOf))
        : none('Nothing yet.'),
    ),
  ]
}

const block = (title: string, content: Node) => [element('h3', {}, title), content]
const none = (text: string) => element('p', { className: 'quiet' }, text)
const list = (facts: Record<string, string>) =>
  element(
    'dl',
    {},
    ...Object.entries(facts).flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
  )

const marks: Record<StationState, [mark: string, tone: string]> = {
  passed: ['✓', 'ok'],
  there: ['→', 'warning'],
  stopped: ['✕', 'danger'],
  ahead: ['·', 'quiet'],
}

const line = (journey: readonly StationState[]) =>
  element(
    'ol',
    { className: 'stations' },
    ...journey.map((state, index) => {
      const [mark, tone] = marks[state]
      const sign = element('span', { 'aria-hidden': true }, mark)
      return element('li', { className: tone }, sign, ` ${stations[index]}: ${state}`)
    }),
  )

function entryOf(entry: Report['entries'][number]): Node {
  const { tone, text } = describe(entry)
  const at = new Date(entry.at)
  const time = element('time', { dateTime: at.toISOString() }, at.toISOString().slice(11, 23))
  return element('li', {}, time, ' ', element('span', { className: tone }, text))
}
