import type { Auth } from '../auth.ts'
import type { AuthOptions } from '../types.ts'
import { ofTab } from './keep.ts'
import { watchLeaving } from './leaving.ts'
import { createPanel } from './panel.ts'
import { createTimeline, requestIdOf, word } from './record.ts'
import { makeReport, type Report, reasonOf } from './report.ts'
import { watchTabs } from './tabs.ts'
import { type Seen, watchOptions } from './watch.ts'

export type { StationState } from './journey.ts'
export type { Entry, Problem, RequestEntry } from './record.ts'
export type { Report } from './report.ts'

/** Shows what the client does. For development: load it by an `import()` that the production build leaves out. */
export interface Devtools {
  /** Options that do the same, and tell the panel. */
  watch(options: AuthOptions): AuthOptions
  /** Puts the panel into the page, closed: its button, or Alt+Shift+L, opens it. Answers how to take it out. */
  mount(auth: Auth): () => void
  /** What the panel shows, as data without secrets. */
  report(): Report
}

export interface DevtoolsOptions {
  /** Milliseconds since 1970. Default `Date.now`. */
  now?: () => number
}

export function createDevtools({ now = Date.now }: DevtoolsOptions = {}): Devtools {
  const timeline = createTimeline(ofTab)
  const seen: Seen = { nonceOrigins: [] }
  let options: AuthOptions | undefined
  let auth: Auth | undefined
  let tabs = 0
  const report = () =>
    makeReport({ options, state: auth?.state, seen, tabs, entries: timeline.entries, now: now() })

  return {
    watch(given) {
      options = given
      const captured = globalThis.latchkeyCallback
      if (captured) {
        const response = new URLSearchParams(captured.parameters)
        const [error, requestId] = [word(response.get('error')), requestIdOf(response.get('request_id'))]
        timeline.add({
          at: now(),
          kind: 'returned',
          ...(error && { error }),
          ...(requestId && { requestId }),
        })
      }
      return watchOptions(given, { timeline, seen, now })
    },
    mount(mounted) {
      if (typeof document !== 'object') return () => {}
      auth = mounted
      const { host, update, toggle } = createPanel({ report, clear: timeline.clear })
      const note = () => {
        const reason = reasonOf(mounted.state)?.code
        timeline.add({ at: now(), kind: 'state', status: mounted.state.status, ...(reason && { reason }) })
      }
      const onKey = (event: KeyboardEvent) => {
        if (!event.altKey || !event.shiftKey || event.code !== 'KeyL') return
        event.preventDefault()
        toggle()
      }
      addEventListener('keydown', onKey)
      const stops = [
        () => removeEventListener('keydown', onKey),
        timeline.subscribe(update),
        mounted.subscribe(note),
        watchLeaving(`${options?.issuer}/authorize`, (provider) =>
          timeline.add({ at: now(), kind: 'left', ...(provider && { provider }) }),
        ),
        watchTabs(`latchkey devtools ${options?.clientId} ${options?.issuer}`, (count) => {
          tabs = count
          update()
        }),
        () => host.remove(),
      ]
      note()
      document.documentElement.append(host)
      return () => {
        for (const stop of stops) stop()
      }
    },
    report,
  }
}
