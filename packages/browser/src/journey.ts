import type { DpopKey } from './dpop.ts'

/** Any number of journeys at once; whatever a URL says is `state`, it names nothing else. */
export const journeyKey = (state: string | null): string => `journey ${state}`

interface Remembered {
  /** For finishing it with its code. */
  parameters: { code_verifier: string; redirect_uri: string }
  /** `include` in same-site mode, where finishing needs the server's cookie too. */
  credentials: 'include' | 'omit'
  /** A path of this origin. */
  returnTo: string
  /** Milliseconds: ten minutes from the start, by the device's clock. */
  expires: number
}

interface SignInJourney extends Remembered {
  intent: 'sign_in'
  key: DpopKey
}

/** Adds an account to the user of a session. */
export interface AddingJourney extends Remembered {
  intent: 'link' | 'connect'
  /** The user who began it. */
  sub: string
}

/** One trip to a provider and back, as remembered on the device until then. */
export type Journey = SignInJourney | AddingJourney

export const journeySeconds = 600

/** The `state` of a journey in a window of its own begins so: its page knows it even where it can read no storage. */
export const popupPrefix = 'lk.p.'

/** Where the window and the page that opened it find each other. Who does not know the `state` finds neither. */
export const popupChannel = (state: string): BroadcastChannel => new BroadcastChannel(`latchkey ${state}`)
