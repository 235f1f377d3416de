import { sleep } from './request.ts'

/** A form's fields; a list is sent once for each of its values, what is `undefined` not at all. */
export type Fields = Record<string, string | readonly string[] | undefined>

const pairs = (fields: Fields): string[][] =>
  Object.entries(fields).flatMap(([name, values]) => [values ?? []].flat().map((value) => [name, value]))

export const formBody = (fields: Fields): URLSearchParams => new URLSearchParams(pairs(fields))

/** A form POST navigation of this page, or of the window that is named. */
export function submit(action: string, fields: Fields, target = ''): void {
  const form = element('form', { method: 'POST', action, target })
  for (const [name = '', value = ''] of pairs(fields))
    form.append(element('input', { type: 'hidden', name, value }))
  document.documentElement.append(form)
  try {
    form.submit()
  } catch {
    // Firefox throws when the page's policy blocks it, without a word why; the event that follows has it (`watchPolicy`).
  }
  form.remove()
}

/** Resolves, to nothing, when the page that left comes back as it was. */
export const untilShownAgain = (): Promise<undefined> =>
  new Promise((resolve) => {
    addEventListener('pageshow', ({ persisted }) => persisted && resolve(undefined))
  })

/** Whether a cross-origin form POST from this page would say `Origin: null`. */
export const isOriginHidden = async (): Promise<boolean> =>
  !(await frameReferrer('')) && !!(await frameReferrer('origin'))

/**
 * The referrer of an empty frame: what the page's policy, or one of its own, lets out. No API tells the page's policy;
 * a frame with its own tells whether the browser shows it at all.
 */
async function frameReferrer(referrerPolicy: ReferrerPolicy): Promise<string | undefined> {
  // A page that enforces Trusted Types takes an empty document of this type only.
  const srcdoc = Reflect.get(globalThis, 'trustedTypes')?.emptyHTML ?? ''
  const frame = element('iframe', { hidden: true, referrerPolicy, srcdoc })
  const loaded = new Promise((resolve) => {
    frame.onload = resolve
  })
  document.documentElement.append(frame)
  await Promise.race([loaded, sleep(200)])
  const referrer = frame.contentDocument?.referrer
  frame.remove()
  return referrer
}

const element = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
): HTMLElementTagNameMap[Name] => Object.assign(document.createElement(name), properties)
