import { z } from 'zod'
import { checkWebhookUrl } from '../uris.ts'
import { checkEventPattern, checkWebhookSecret } from '../values.ts'
import { closed, list, remedied, text } from './field.ts'

const secretRemedy = 'give a secret that begins with "whsec_", best by way of the environment'
const secret = text(
  'Signs what is sent: whsec_ and base64, 24 to 64 bytes.',
  secretRemedy,
  checkWebhookSecret,
)

export const webhook = closed(
  {
    url: text(
      'Where events are posted: https, or http on loopback.',
      'give the address of your backend that takes them',
      checkWebhookUrl,
    ),
    secret: z
      .union(
        [secret, list(secret, 'While one is replaced by another: each signs.', secretRemedy, 4).min(1)],
        {
          error: remedied(secretRemedy),
        },
      )
      .meta({ description: 'Shared with the receiver, who checks with it that Latchkey sent the message.' }),
    events: list(
      text(
        'A type of event, "connection.*" for all of a kind, or "*".',
        'write it as a string',
        checkEventPattern,
      ),
      'What is sent. Default: all of user, session and connection, but not each token that is handed out.',
      'list types of events, such as ["connection.needs_reconnect", "user.*"]',
    )
      .min(1)
      .optional(),
  },
  'A place of yours that hears of events (Standard Webhooks).',
  'write an object with "url" and "secret"',
)

export type Webhook = z.output<typeof webhook>
