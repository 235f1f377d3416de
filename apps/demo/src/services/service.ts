import { createVerifier, type Verifier } from '@latchkey/verify'

export interface ServiceOptions {
  issuer: string
  /** Where it listens, which is its name too: the audience of the tokens that it takes. */
  url: string
  /** The SPA's origin, which may call it. */
  page: string
  /** What it is called in Latchkey's `services`, to be told which sessions have ended. */
  asking: { id: string; secret: string }
}

export interface Service {
  fetch(request: Request): Response | Promise<Response>
  /** Ends what it does in the background. */
  close(): void
}

/** Whoever signs out is out at the services a second later, however long the token lives. */
export const verifierFor = ({ issuer, url, asking }: ServiceOptions): Verifier =>
  createVerifier({ issuer, audience: url, revocations: { ...asking, everySeconds: 1 } })
