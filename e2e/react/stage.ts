import type { Page } from 'playwright-core'
import { type Stage, setStage } from '../browser/stage.ts'
import type { Alias } from '../support/bundle.ts'
import { type Account, createAccount } from './account.ts'

/** The stage with a React app on it, in StrictMode and React's development build. */
export interface ReactStage extends Stage {
  account: Account
  /** A page of a fresh profile. */
  open(path: string): Promise<Page>
  /** What the consoles of its pages complained about; `reset` throws if they did. */
  complaints: string[]
}

export async function setReactStage(alias: Alias[] = []): Promise<ReactStage> {
  const stage = await setStage({}, new URL('app.tsx', import.meta.url), alias)
  const { spa, issuer } = stage
  const prepare = () => {
    const account = createAccount(issuer)
    issuer.intercept = account.answer
    spa.head =
      '<title>Under test</title><meta name="color-scheme" content="light dark"><style>button{min-height:44px}</style>'
    spa.body = '<div id="root"></div>'
    return { account, complaints: [] }
  }
  const reactStage: ReactStage = {
    ...stage,
    ...prepare(),
    async open(path) {
      const context = await stage.newContext()
      const page = await context.newPage()
      page.on('console', (message) => {
        // Not what the network answered, which tests bring about.
        if (['error', 'warning'].includes(message.type()) && !message.text().startsWith('Failed to load'))
          reactStage.complaints.push(message.text())
      })
      page.on('pageerror', (error) => reactStage.complaints.push(`${error}`))
      await page.goto(`${spa.origin}${path}`)
      return page
    },
    async reset() {
      const { complaints } = reactStage
      await stage.reset()
      Object.assign(reactStage, prepare())
      if (complaints.length > 0) throw new Error(`The page complained: ${complaints.join('\n')}`)
    },
  }
  return reactStage
}

/** What has the focus: its role or element, and its text or name. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: element } = document
    const kind = element?.getAttribute('role') ?? element?.localName
    return `${kind}: ${element?.getAttribute('aria-label') ?? element?.textContent}`
  })
