const markup = Symbol('markup')

/** Text that may stand in a page as it is. Only `html` and `verbatim` make it. */
export interface Html {
  readonly [markup]: string
}

type Interpolated = string | number | Html | readonly Html[] | undefined

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

function render(value: Interpolated): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return escapeText(value)
  if (typeof value === 'number') return String(value)
  return markup in value ? value[markup] : value.map(render).join('')
}

/**
 * The one way text gets into a page. Whatever is interpolated is escaped for element content and for quoted
 * attribute values (nothing else may be interpolated), unless it came from `html` itself.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Interpolated[]): Html {
  return { [markup]: strings.reduce((text, string, i) => text + render(values[i - 1]) + string) }
}

/** Takes markup as it is. Only for constants of ours: styles and drawings. */
export function verbatim(constant: string): Html {
  return { [markup]: constant }
}

export function toText(page: Html): string {
  return page[markup]
}
