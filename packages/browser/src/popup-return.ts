import type { CapturedCallback } from './capture.ts'
import { popupChannel } from './journey.ts'
import { sleep } from './request.ts'

/**
 * The popup's side: hands what came back to the page that opened it, and closes the window.
 * @returns where that page wanted to go, if it answered and the window does not close; `undefined` if nobody answered
 */
export async function handOver(state: string, captured: CapturedCallback): Promise<string | undefined> {
  const channel = popupChannel(state)
  const answer = new Promise<MessageEvent<string>>((resolve) => {
    channel.onmessage = resolve
  })
  channel.postMessage(captured)
  const answered = await Promise.race([answer, sleep(3_000)])
  channel.close()
  if (!answered) return
  close()
  await sleep(1_000)
  return answered.data
}
