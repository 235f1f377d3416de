import { atLatchkey, atProvider, backAtApp, backAtLatchkey, type Ends, type Hops, start } from './stations.ts'
import type { Hop, JourneyTrace } from './trace.ts'

/** One stop of the journey's picture, told for people. */
export interface Station {
  /** `here` once the browser got there, `stopped` where the journey ended early, `ahead` where it never came. */
  state: 'here' | 'stopped' | 'ahead'
  tells: string
  /** What the address bar held on arrival; absent where the browser never came. */
  bar?: AddressBar
  /** What it held a moment later, where the page changed it. */
  cleaned?: string
  /** What else travelled here, out of sight of the address bar. */
  beside?: { title: string; facts: Fact[] }
  proved: Proof[]
  /** Milliseconds since the journey's start. */
  after?: number
}

export interface AddressBar {
  /** Origin and path. */
  address: string
  /** How the parameters are joined to it. */
  mark: '?' | '#'
  parameters: Fact[]
}

export interface Fact {
  name: string
  /** The value where it is no secret. */
  value?: string
  /** Its length where it is. */
  length: number
  note?: string
}

export interface Proof {
  /** What it was proved by. */
  by: string
  says: string
}

/** The journey's five stops, in the order of the picture. */
export function story(trace: JourneyTrace, ends: Ends): Station[] {
  const last = (kind: Hop['kind']) => trace.hops.findLast((hop) => hop.kind === kind)
  const hops: Hops = {
    push: last('push'),
    start: last('start'),
    choose: last('choose'),
    callback: last('callback'),
    exchange: last('exchange'),
    redeem: last('redeem'),
    finish: last('finish'),
  }
  const since = (hop: Hop | undefined): { after?: number } =>
    hop === undefined || hops.start === undefined ? {} : { after: hop.at - hops.start.at }
  return [
    start(hops, ends),
    atLatchkey(hops),
    atProvider(hops, ends),
    { ...backAtLatchkey(hops, ends), ...since(hops.callback) },
    { ...backAtApp(hops, ends), ...since(hops.redeem ?? hops.finish ?? hops.callback) },
  ]
}

/** The id that Latchkey gave the request whose error ended the journey. */
export function requestIdIn(told: readonly Station[] | undefined): string | undefined {
  return told?.at(-1)?.bar?.parameters.find(({ name }) => name === 'request_id')?.value
}
