/**
 * Runs asynchronous operations one at a time and holds each up at its stops, so that whoever drives decides in which order
 * they go on: the same decisions, the same run.
 */
export interface Schedule {
  /** How many operations are held up. */
  readonly held: number
  /** Begins an operation and returns once it is held up or over. */
  begin(operation: () => Promise<void>): Promise<void>
  /** Lets the one at `index` go on and returns once it is held up again or over. */
  resume(index: number): Promise<void>
  /** Called by an operation: resolves when it may go on. */
  stop(): Promise<void>
}

export function createSchedule(): Schedule {
  const held: (() => void)[] = []
  let yielded: () => void = () => undefined

  const untilYielded = (go: () => void) =>
    new Promise<void>((resolve) => {
      yielded = resolve
      go()
    })

  return {
    get held() {
      return held.length
    },
    begin: (operation) => untilYielded(() => void operation().finally(() => yielded())),
    resume: (index) => untilYielded(() => held.splice(index, 1)[0]?.()),
    stop: () =>
      new Promise((resolve) => {
        held.push(resolve)
        yielded()
      }),
  }
}
