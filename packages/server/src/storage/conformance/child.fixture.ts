import { flushCompileCache } from 'node:module'
import type { StorageConfig } from '../../config/types.ts'
import { openStorage } from '../index.ts'
import { type MessageFromChild, perform, type Volley } from './volley.ts'

// A process of its own on the database that the parent names in its one argument. It fires the volleys that
// the parent sends and acknowledges each call.

const config: StorageConfig = JSON.parse(process.argv[2] ?? '')
const storage = await openStorage(config)
await storage.migrate()

process.on('message', (volley: Volley) => void fire(volley))
process.on('disconnect', () => process.exit())
tell({ ready: true })
// Those who come later start in half the time; this one may be killed before it would do it by itself.
flushCompileCache()

async function fire({ callers, calls }: Volley): Promise<void> {
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (const [index, call] of calls.entries()) {
        tell({ acknowledged: { call: index, answer: await perform(storage, call) } })
      }
    }),
  )
  tell({ done: true })
}

function tell(message: MessageFromChild): void {
  process.send?.(message)
}
