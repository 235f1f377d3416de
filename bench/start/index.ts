import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { serve, writeConfig } from '../latchkey.ts'
import type { Outcome, Session } from '../measure/outcome.ts'
import { usageOf } from '../measure/proc.ts'
import { freePort } from '../measure/processes.ts'
import { figure, type Target, table } from '../measure/report.ts'
import { median } from '../measure/statistics.ts'

const idleMs = 2000
/** Nobody asks it: a server that needs its provider to start would show here. */
const provider = 'http://127.0.0.1:9'

/** Time from the start of the process to its `ready` line, and memory after two idle seconds. */
export async function startUp(session: Session, { rounds }: { rounds: number }): Promise<Outcome> {
  const first: number[] = []
  const again: number[] = []
  const rss: number[] = []
  for (let round = 0; round < rounds; round++) {
    const name = `start-${round}`
    const settings = {
      port: await freePort(),
      database: join(session.folder, `${name}.db`),
      provider,
      clientId: 'bench',
      clientSecret: 'bench-secret',
      spa: 'http://localhost:5199',
    }
    const config = writeConfig(session.folder, name, settings, 'required')
    // The second start finds the first one's database and keys.
    for (const times of [first, again]) {
      const server = await serve(session, { name, config, core: 0 })
      times.push(server.readyMs)
      await delay(idleMs)
      rss.push(usageOf(server.pid).rssMb)
      await server.stop()
      session.say(
        `round ${round + 1}: ready after ${figure(server.readyMs)} ms, ${figure(rss.at(-1) ?? 0)} MB`,
      )
    }
  }
  const targets: Target[] = [
    {
      what: 'ready, first start (database and keys made)',
      value: median(first),
      limit: 500,
      bound: 'at most',
      unit: 'ms',
    },
    { what: 'ready, later starts', value: median(again), limit: 500, bound: 'at most', unit: 'ms' },
    { what: 'idle memory', value: median(rss), limit: 120, bound: 'at most', unit: 'MB' },
  ]
  const rows = targets.map(({ what, value, unit }) => [what, `${figure(value)} ${unit}`])
  return {
    text: `${table(['latchkey serve', 'median'], rows)}\n\nMedians of ${rounds}; memory is the resident set ${idleMs / 1000} s after "ready", without a request.`,
    targets,
    failures: [],
    data: { first, again, rss },
  }
}
