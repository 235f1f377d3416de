import { startDemo } from './demo.ts'
import { banner } from './host/banner.ts'

const demo = await startDemo().catch((error: unknown) => {
  console.error(`The demo did not start: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
})
console.log(banner(demo))

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void demo.close().then(() => process.exit(0))
  })
}
