import { createHmac } from 'node:crypto'
import { seconds } from '../clock.ts'
import type { Persona } from '../personas.ts'
import type { Play } from './play.ts'

type Pair = [name: string, value: string]

/** Hex over the other parameters, sorted by name and joined as a query. */
const signed = (play: Play, params: readonly Pair[]): Pair[] => {
  if (play.rules.callbackSignature === undefined) return [...params]
  const dated: Pair[] = [...params, ['timestamp', String(seconds(play.realm.clock))]]
  const sorted = dated.toSorted(([a], [b]) => (a < b ? -1 : 1))
  const text = new URLSearchParams(sorted).toString()
  return [...dated, ['hmac', createHmac('sha256', play.client.client_secret).update(text).digest('hex')]]
}

/** Apple's `user`: at the first consent of each person. */
const nameOf = ({ rules, told }: Play, persona: Persona): Pair[] => {
  if (!rules.nameInFormPost || told.has(persona.id)) return []
  told.add(persona.id)
  const { given_name: firstName, family_name: lastName, email } = persona.claims
  return [['user', JSON.stringify({ name: { firstName, lastName }, email })]]
}

/** The value of a parameter that services need with the token. */
export const keptValue = (name: string): string => `kept-${name.toLowerCase()}`

/** Parameters that services or the token endpoint want, and that are not there anyway. */
const ownNames = ({ keepFromCallback, sendFromCallback = [] }: Play['rules']): string[] =>
  [...new Set([...keepFromCallback, ...sendFromCallback])].filter((name) => name !== 'state')

/** The tenant, the region and what else a provider says beside code and state. */
const besides = (play: Play): Pair[] => {
  const { rules, realm } = play
  return [
    ...Object.entries(rules.callbackTenant),
    ...ownNames(rules).map((name): Pair => [name, keptValue(name)]),
    ...(rules.tokenHost === undefined
      ? []
      : [[rules.tokenHost.parameter, new URL(realm.origin).host] satisfies Pair]),
  ]
}

/** What the browser carries back, under this provider's names. */
export const callbackParameters = (
  play: Play,
  answer: Readonly<Record<string, string>>,
  state: string | undefined,
  persona: Persona | undefined,
): Pair[] => {
  const { callbackNames, stateIn } = play.rules
  const named = Object.entries(answer).map(
    ([name, value]): Pair => [new Map(Object.entries(callbackNames)).get(name) ?? name, value],
  )
  const params: Pair[] = [
    ...named,
    ...(state === undefined || stateIn === 'redirect-uri' ? [] : [['state', state] satisfies Pair]),
    ...(persona === undefined ? [] : [...besides(play), ...nameOf(play, persona)]),
  ]
  return signed(play, params)
}
