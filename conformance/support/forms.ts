import type { Browser, Page } from './browser.ts'

export interface PageForm {
  action: URL
  method: 'GET' | 'POST'
  /** The inputs' values, in order. */
  fields: [name: string, value: string][]
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const unescaped = (text: string): string =>
  text.replace(/&(?:#(\d+)|#x([\da-f]+)|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
    return entities[String(name).toLowerCase()] ?? whole
  })

function attribute(tag: string, name: string): string | undefined {
  const [, quoted, single] = new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)')`, 'i').exec(tag) ?? []
  const value = quoted ?? single
  return value === undefined ? undefined : unescaped(value)
}

/** The forms of a page, as far as tests need them: inputs with a name. */
export function formsIn(page: Pick<Page, 'url' | 'body'>): PageForm[] {
  return [...page.body.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/gi)].map(([form]) => {
    const [open = ''] = /<form\b[^>]*>/i.exec(form) ?? []
    const fields = [...form.matchAll(/<input\b[^>]*>/gi)].flatMap(([input]): [string, string][] => {
      const name = attribute(input, 'name')
      return name === undefined ? [] : [[name, attribute(input, 'value') ?? '']]
    })
    return {
      action: new URL(attribute(open, 'action') ?? page.url, page.url),
      method: attribute(open, 'method')?.toUpperCase() === 'POST' ? 'POST' : 'GET',
      fields,
    }
  })
}

/** Submits a form from its page, as a person or the page's script would; `changes` fills fields in. */
export function submit(
  browser: Browser,
  page: Page,
  form: PageForm,
  changes: Record<string, string> = {},
): Promise<Page> {
  const fields = new URLSearchParams(form.fields)
  for (const [name, value] of Object.entries(changes)) fields.set(name, value)
  if (form.method === 'POST') {
    return browser.visit(form.action, { method: 'POST', form: fields, from: page.url.href })
  }
  const url = new URL(form.action)
  url.search = fields.toString()
  return browser.visit(url, { from: page.url.href })
}

/**
 * As `browser.follow`, for journeys on which a page posts itself (OAuth 2.0 Form Post Response Mode): its one form is
 * submitted as the page's script would.
 */
export async function followForms(
  browser: Browser,
  page: Page,
  stop: (url: URL) => boolean = () => false,
): Promise<Page> {
  let here = await browser.follow(page, stop)
  for (let hop = 0; hop < 5 && here.next === undefined; hop++) {
    const [form, ...others] = formsIn(here)
    const posts = form?.method === 'POST' && others.length === 0 && /\.submit\(\)/.test(here.body)
    if (form === undefined || !posts) return here
    here = await browser.follow(await submit(browser, here, form), stop)
  }
  return here
}
