import { createBrowser } from '../support/browser.ts'
import { formsIn, submit } from '../support/forms.ts'
import { start, startOf } from '../support/spa.ts'
import type { Arrival, Room, TripOptions } from './room.ts'

/** As far as the provider's page that is about to post the answer. */
export async function reachPost(room: Room, provider: string, { browser, changes }: TripOptions = {}) {
  const agent = browser ?? createBrowser(room.clock)
  const begun = startOf(room.spa, { provider, ...changes })
  const page = await agent.follow(await start(room.spa, agent, begun.params))
  const [form] = formsIn(page)
  if (form === undefined) throw new Error(`no form at ${page.url}`)
  for (const { value } of agent.cookies()) room.secrets.add(value)
  return { ...begun, browser: agent, page, form }
}

/** Past the provider's POST, as far as our own GET with the stash in it. */
export async function reachStash(room: Room, provider: string, options: TripOptions = {}): Promise<Arrival> {
  const { browser, page, form, ...begun } = await reachPost(room, provider, options)
  const stashed = await submit(browser, page, form)
  if (stashed.next === undefined) throw new Error(`no stash: ${stashed.status}`)
  return { ...begun, browser, callback: stashed.next }
}
