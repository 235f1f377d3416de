/** For `expect.poll`: a machine that is busy takes its time. */
export const patient = { timeout: 10_000 }
