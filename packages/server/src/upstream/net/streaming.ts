import type { ClientRequest, IncomingMessage } from 'node:http'
import { setTimeout as later } from 'node:timers/promises'
import type { UpstreamError } from '../contract.ts'

/** A time by which something must happen, moved on whenever something does. */
export interface Deadline {
  within(ms: number): void
  /** For good. */
  stop(): void
}

export function deadline(onMissed: () => void): Deadline {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  return {
    within(ms) {
      clearTimeout(timer)
      if (!stopped) timer = setTimeout(onMissed, ms)
    },
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}

/**
 * Sends a body, a piece at a time: none is asked for before the one before has gone. Rejects when the body does; one that
 * the other end does not want any more is cancelled.
 */
export async function pump(
  body: ReadableStream<Uint8Array>,
  request: ClientRequest,
  onProgress: () => void,
): Promise<void> {
  const reader = body.getReader()
  const over = new Promise<'over'>((resolve) => request.once('close', () => resolve('over')))
  for (;;) {
    const piece = await Promise.race([reader.read(), over])
    if (piece === 'over') break
    onProgress()
    if (piece.done) {
      request.end()
      return
    }
    if (request.write(piece.value)) continue
    const drained = new Promise<'drained'>((resolve) => request.once('drain', () => resolve('drained')))
    if ((await Promise.race([drained, over])) === 'over') break
    onProgress()
  }
  // Whoever sends it hears of it by the answer; that it was not taken is no failure of its own.
  await reader.cancel().catch(() => undefined)
}

/**
 * Milliseconds until a body that broke off is told as broken. Whoever passes it on (the listener of @hono/node-server looks at the
 * first pieces before it sends the head) has sent what came before by then, and breaks off too instead of telling of an error.
 */
const settledMs = 20

/** A response's body, read from the socket when somebody asks for it. */
export function streamOf(
  response: IncomingMessage,
  on: { onProgress: () => void; onCancel: () => void; failure: (error: unknown) => UpstreamError },
): ReadableStream<Uint8Array> {
  const pieces = response.iterator({ destroyOnReturn: false })
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await pieces.next()
          on.onProgress()
          if (done) controller.close()
          else controller.enqueue(value)
        } catch (error) {
          await later(settledMs)
          throw on.failure(error)
        }
      },
      cancel: on.onCancel,
    },
    { highWaterMark: 0 },
  )
}
