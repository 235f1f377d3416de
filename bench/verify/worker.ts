/**
 * Measures one contender in a process of its own, so that no other's code is in its caches. Arguments: the contender
 * and a file with the batches. Prints operations per second of CPU time as one line of JSON.
 */
import { readFileSync } from 'node:fs'
import { contenders, type Verify } from './contenders.ts'
import type { Algorithm, Batch } from './tokens.ts'

export interface Speeds {
  algorithm: Algorithm
  fresh: number
  seen?: number
}

const lanes = 32
/** How often the seen tokens are gone through: enough to time, since each takes a few microseconds only. */
const passes = 50

const contender = contenders[process.argv[2] ?? '']
if (!contender) throw new Error(`no contender "${process.argv[2]}"`)
const batches: Batch[] = JSON.parse(readFileSync(process.argv[3] ?? '', 'utf8'))

/** Verifies them all, 32 under way at once where the library is asynchronous, and gives how many a second of CPU. */
async function speedOf(verify: Verify, tokens: readonly string[], times: number): Promise<number> {
  const total = tokens.length * times
  const before = process.cpuUsage()
  let next = 0
  async function lane(): Promise<void> {
    while (next < total) {
      const result = verify(tokens[next++ % tokens.length] ?? '')
      if (result instanceof Promise) await result
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  const { user, system } = process.cpuUsage(before)
  return total / ((user + system) / 1e6)
}

/** A verifier that lets a forged token pass is not measured. */
async function assertVerifies(verify: Verify, token: string): Promise<void> {
  await verify(token)
  const at = token.lastIndexOf('.') + 10
  const forged = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
  const refused = await attempt(verify, forged).then(
    () => false,
    () => true,
  )
  if (!refused) throw new Error('took a forged token')
}

async function attempt(verify: Verify, token: string): Promise<unknown> {
  return verify(token)
}

const speeds: Speeds[] = []
for (const batch of batches) {
  await assertVerifies(contender.create(batch), batch.tokens[0] ?? '')
  await speedOf(contender.create(batch), batch.tokens, 1)
  const verify = contender.create(batch)
  const fresh = await speedOf(verify, batch.tokens, 1)
  const { algorithm } = batch
  if (!contender.remembers) {
    speeds.push({ algorithm, fresh })
    continue
  }
  const few = batch.tokens.slice(0, 1000)
  await speedOf(verify, few, passes)
  speeds.push({ algorithm, fresh, seen: await speedOf(verify, few, passes) })
}
console.log(JSON.stringify(speeds))
