import { startDemo } from './demo.ts'
import { banner } from './host/banner.ts'

const demo = await startDemo()
console.log(banner(demo))

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void demo.close().then(() => process.exit(0))
  })
}
