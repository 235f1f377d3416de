import type { AddressBar, Fact, Proof, Station } from './story.ts'
import type { Hop, Parameter } from './trace.ts'

/** Origins of the two ends of the journey. */
export interface Ends {
  page: string
  provider: string
}

/** The last of each kind. */
export type Hops = {
  [kind in 'push' | 'start' | 'choose' | 'callback' | 'exchange' | 'redeem' | 'finish']: Hop | undefined
}

/** Your app: makes the secrets that never leave it. */
export function start({ push, start: hop }: Hops, { page }: Ends): Station {
  if (push) return startPushed(push, page)
  const form = hop && {
    title: 'The form that it posted',
    facts: facts(hop.form, {
      code_challenge: 'a hash; the verifier stays here',
      state: 'comes back at the last stop',
      dpop_jkt: 'thumbprint of the key; the key stays here',
    }),
  }
  return {
    state: 'here',
    tells:
      'The page made a code verifier, a state and a DPoP key that cannot be exported. It kept all three and posted a form to Latchkey.',
    bar: bar(`${page}/`),
    ...(form && { beside: form }),
    proved: [],
  }
}

const startPushed = (push: Hop, page: string): Station => ({
  state: 'here',
  tells:
    'The page made a code verifier and a state and kept both. It told Latchkey what it wants, with the token of who is signed in here and a proof, and got a reference. Then it posted a form that holds nothing but that.',
  bar: bar(`${page}/connections`),
  beside: {
    title: 'The request that it pushed',
    facts: facts(push.form, {
      code_challenge: 'a hash; the verifier stays here',
      state: 'comes back at the last stop',
      provider_scope: 'what is asked for',
    }),
  },
  proved: [],
})

/** Latchkey: who starts this, and may they? */
export function atLatchkey({ push, start: hop, choose }: Hops): Station {
  if (hop === undefined) return unreached('The request did not reach Latchkey.')
  const last = choose ?? hop
  const failed = last.error !== undefined
  const sealed = choose ? 'Latchkey asked which provider to use. Then it sealed' : 'Latchkey sealed'
  return {
    state: failed ? 'stopped' : 'here',
    tells: failed
      ? 'The app may start a journey, but the provider could not be asked. Latchkey sent the browser back.'
      : `${sealed} the journey into a cookie of its own and sent the browser on. It stored nothing.`,
    bar: bar(last.to, '?', facts(last.query, {})),
    ...(last.setsCookie === undefined ? {} : { beside: cookie(last.setsCookie) }),
    proved: [
      ...(push ? pushedBy : []),
      {
        by: 'Origin',
        says: `The form came from ${hop.origin ?? 'nowhere'}, an origin of this app. A forged link has none.`,
      },
      { by: 'redirect_uri', says: 'Registered for this app, character for character.' },
      { by: 'PKCE', says: 'S256: the code at the end will be of use only to who holds the verifier.' },
    ],
  }
}

const pushedBy: Proof[] = [
  { by: 'Token', says: 'The request was pushed by who is signed in: what comes of it can be theirs alone.' },
  { by: 'DPoP', says: 'Signed by the key that the token is bound to: no copy of it would do.' },
  { by: 'request_uri', says: 'Used for the first time: the reference is of no use to anybody after this.' },
]

const cookie = (attributes: string) => ({
  title: 'The cookie that it left',
  facts: [
    { name: 'latchkey-j-…', value: attributes, length: 0, note: 'first-party; opens nothing by itself' },
  ],
})

/** The provider: who are you? */
export function atProvider({ start: hop, choose, callback }: Hops, { provider }: Ends): Station {
  const onward = (choose ?? hop)?.onward
  if (onward === undefined || !onward.to.startsWith(provider)) {
    return unreached('The browser was not sent here.')
  }
  const arrival = bar(
    onward.to,
    '?',
    facts(onward.query, {
      state: 'names the cookie; opens nothing',
      nonce: 'comes back in the ID token',
      code_challenge: 'Latchkey’s own PKCE, not the app’s',
    }),
  )
  if (callback === undefined) {
    return { state: 'stopped', tells: 'The browser did not come back.', bar: arrival, proved: [] }
  }
  const refused = callback.query.find(({ name }) => name === 'error')?.value
  if (refused !== undefined) {
    const tells = `The provider answered “${refused}” and sent the browser back without a code.`
    return { state: 'stopped', tells, bar: arrival, proved: [] }
  }
  return {
    state: 'here',
    tells: 'You picked a persona. A real provider asks for a password or a passkey here.',
    bar: arrival,
    proved: [{ by: 'You', says: 'To the provider’s satisfaction, by whatever it asks for.' }],
  }
}

/** Latchkey again: is this the answer to what was asked, in the browser that asked? */
export function backAtLatchkey(hops: Hops, ends: Ends): Station {
  const { callback: hop, exchange } = hops
  if (hop === undefined) return unreached('No answer of the provider came by.')
  const refused = hop.query.some(({ name }) => name === 'error')
  const failed = hop.error !== undefined && !refused
  const arrival = bar(
    hop.to,
    '?',
    facts(hop.query, {
      code: 'the provider’s; of no use without Latchkey’s own credentials',
      state: 'names the cookie; opens nothing',
    }),
  )
  const tells = failed
    ? 'A check failed, or the provider did not answer. Latchkey sent the browser back with an error and nothing else.'
    : refused
      ? 'Latchkey checked that the refusal belongs to this journey and passed it on.'
      : hops.push
        ? 'Latchkey redeemed the provider’s code itself and put the tokens into quarantine: sealed, of no use yet, and revoked in two minutes unless the same user finishes. It issued a code of its own.'
        : 'Latchkey redeemed the provider’s code itself and issued a code of its own. The provider’s tokens never left the server.'
  return {
    state: failed ? 'stopped' : 'here',
    tells,
    bar: arrival,
    ...(exchange && {
      beside: { title: 'What it sent to the provider itself', facts: facts(exchange.form, {}) },
    }),
    proved: [...belongs(hop, ends), ...(refused || failed ? [] : identifies(hop, exchange))],
  }
}

function belongs(hop: Hop, { provider }: Ends): Proof[] {
  const proved: Proof[] = [
    { by: 'state', says: 'Used for the first time, and at the callback of the provider that was asked.' },
  ]
  if (hop.cookie) proved.unshift({ by: 'Cookie', says: 'This browser began this journey.' })
  if (sent(hop.query, 'iss')) {
    proved.push({ by: 'iss', says: `The answer is from ${provider} and from no other provider.` })
  }
  return proved
}

function identifies(hop: Hop, exchange: Hop | undefined): Proof[] {
  const proved: Proof[] = []
  if (exchange) {
    const how = exchange.authentication === 'Basic' ? 'in the Authorization header' : 'in the form'
    proved.push({ by: 'Client secret', says: `Latchkey named itself to the provider, ${how}.` })
    if (sent(exchange.form, 'code_verifier')) {
      proved.push({ by: 'PKCE', says: 'The provider compared the verifier with the challenge above.' })
    }
  }
  proved.push(
    sent(hop.query, 'iss')
      ? { by: 'ID token', says: 'Signed by the provider; its issuer, audience, times and nonce are right.' }
      : { by: 'userinfo', says: 'There is no ID token here: the account id is from the provider’s API.' },
  )
  return proved
}

/** Your app again: one code for one token. */
export function backAtApp({ start: hop, choose, callback, redeem, finish }: Hops, { page }: Ends): Station {
  const back = callback?.onward ?? (choose ?? hop)?.onward
  if (back === undefined || !back.to.startsWith(page)) {
    return unreached('The browser did not come back to the app.')
  }
  const error = back.fragment.find(({ name }) => name === 'error')?.value
  const redeemed = redeem?.status === 200
  const finished = finish !== undefined && finish.error === undefined
  return {
    state: redeemed || finished || error !== undefined ? 'here' : 'stopped',
    tells:
      error === undefined && finish
        ? finished
          ? 'Before any other script ran, the code was taken out of the address bar. The page posted it to Latchkey with the token of who is signed in here. Only then did the account leave its quarantine.'
          : `The page posted the code with the token of who is signed in here, and Latchkey said “${finish.error}”. Nothing was connected; what the provider gave is revoked there.`
        : error === undefined
          ? 'Before any other script ran, the code was taken out of the address bar. The page posted it to Latchkey and got the token in the answer’s body.'
          : `The page took “${error}” out of the address bar and told you.`,
    bar: bar(
      back.to,
      '#',
      facts(back.fragment, {
        code: 'gone after 1 use, or after 60 s',
        state: 'the one from the first stop',
      }),
    ),
    cleaned: `${page}/${finish ? 'connections' : ''}`,
    ...(redeem && {
      beside: {
        title: 'The form that it posted to /token',
        facts: facts(redeem.form, { code_verifier: 'whose hash Latchkey has had since the second stop' }),
      },
    }),
    proved: [
      { by: 'state', says: 'This page, in this browser, began this journey.' },
      { by: 'iss', says: 'The answer is Latchkey’s; compared before anything was sent.' },
      ...(redeemed ? redemption : []),
      ...(finished ? finishing : []),
    ],
  }
}

const finishing: Proof[] = [
  { by: 'Same user', says: 'The token is of the user who began it. Anybody else’s would burn the code.' },
  { by: 'Code', says: 'Used for the first time. It is burned now: a copy is worth nothing.' },
  { by: 'PKCE', says: 'The verifier fits the challenge from the first stop.' },
]

const redemption: Proof[] = [
  { by: 'Code', says: 'Used for the first time. It is burned now: a copy is worth nothing.' },
  { by: 'PKCE', says: 'The verifier fits the challenge from the first stop.' },
  { by: 'DPoP', says: 'Signed by the key from the first stop, over a nonce of Latchkey’s.' },
]

const unreached = (tells: string): Station => ({ state: 'ahead', tells, proved: [] })

const sent = (parameters: readonly Parameter[], wanted: string): boolean =>
  parameters.some(({ name }) => name === wanted)

const bar = (address: string, mark: AddressBar['mark'] = '?', parameters: Fact[] = []): AddressBar => ({
  address,
  mark,
  parameters,
})

function facts(parameters: readonly Parameter[], notes: Record<string, string>): Fact[] {
  return parameters.map((parameter) => {
    const note = notes[parameter.name]
    return note === undefined ? parameter : { ...parameter, note }
  })
}
