import { cors } from 'hono/cors'

/**
 * What a service says to the SPA's origin, and to no other: it may send a token, and may read why one was refused.
 * No cookies are asked for, so none are allowed.
 */
export const crossOrigin = (origin: string) =>
  cors({
    origin,
    allowMethods: ['GET'],
    allowHeaders: ['Authorization', 'DPoP'],
    exposeHeaders: ['WWW-Authenticate', 'DPoP-Nonce'],
    maxAge: 600,
  })
