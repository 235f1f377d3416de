/**
 * How Latchkey looks: one palette, one type scale, one mark, one picture of the journey. The hosted pages and
 * every app of ours take them from here. Plain strings without imports, so that a bundler may take them too.
 */

const light = {
  ink: '#16181d',
  quiet: '#5c5f66',
  paper: '#fbfaf7',
  raised: '#ffffff',
  line: '#e4e1d8',
  edge: '#8f8a7c',
  accent: '#8a6414',
  'accent-ground': '#f3ede0',
  'on-accent': '#fbfaf7',
  ok: '#1f7a4d',
  warning: '#9a6700',
  danger: '#b3261e',
}

const dark: Record<keyof typeof light, string> = {
  ink: '#eceae4',
  quiet: '#a8a69f',
  paper: '#14161a',
  raised: '#1a1d22',
  line: '#2a2e35',
  edge: '#6f7580',
  accent: '#e0b45a',
  'accent-ground': '#2a2416',
  'on-accent': '#14161a',
  ok: '#5cc08b',
  warning: '#e3b341',
  danger: '#ff8a80',
}

const scale = {
  sans: 'system-ui, sans-serif',
  mono: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  13: '0.8125rem',
  15: '0.9375rem',
  18: '1.125rem',
  24: '1.5rem',
  32: '2rem',
}

function properties(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([name, value]) => `--lk-${name}:${value};`)
    .join('')
}

/** CSS custom properties `--lk-*`: colours for both schemes, faces, and the type sizes by their pixels. */
export const tokens: string =
  `:root{color-scheme:light dark;${properties(scale)}${properties(light)}}` +
  `@media (prefers-color-scheme:dark){:root{${properties(dark)}}}`

/** What every page of ours starts from: box model, text, links, visible focus, no motion where none is wanted. */
export const base: string = [
  '*,*::before,*::after{box-sizing:border-box}',
  'html{-webkit-text-size-adjust:100%;text-size-adjust:100%}',
  'body{margin:0;background:var(--lk-paper);color:var(--lk-ink);font:var(--lk-15)/1.6 var(--lk-sans);overflow-wrap:anywhere}',
  'h1,h2,h3,p,ul,ol,dl,dd{margin:0;padding:0}',
  'ul,ol{list-style-type:""}',
  'code{font-family:var(--lk-mono);font-size:0.9em}',
  'a{color:var(--lk-accent);text-underline-offset:0.2em}',
  ':focus-visible{outline:2px solid var(--lk-accent);outline-offset:2px}',
  '@media (prefers-reduced-motion:reduce){*,*::before,*::after{animation:none!important;transition:none!important}}',
].join('')

/** The drawing of the mark in a 24 by 24 box: a latchkey whose bow is a plain ring. */
export const markPaths: string = '<circle cx="6.5" cy="12" r="4.25"/><path d="M10.75 12H22v5M17 12v3.5"/>'

/** The mark as an SVG element in the colour of the text around it; hidden from assistive technology. */
export const mark: string = svg(markPaths, 2.5)

/** The mark as a favicon: a data URL in the light scheme's accent, legible on both. */
export const icon: string = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#a87d24" stroke-width="2.5" stroke-linecap="square">${markPaths}</svg>`,
)}`

/** Written in lower case, wherever it stands. */
export const wordmark = 'latchkey'

/** The stations of the journey's picture in order: what each is called, and which drawing stands for it. */
export const stations = [
  { word: 'your app', drawing: 'app' },
  { word: 'Latchkey', drawing: 'latchkey' },
  { word: 'provider', drawing: 'provider' },
  { word: 'Latchkey', drawing: 'latchkey' },
  { word: 'your app', drawing: 'app' },
] as const

/** Drawings in a 24 by 24 box, stroke only: the stations' and the states'. */
export const drawings = {
  app: '<rect x="3" y="4.5" width="18" height="15" rx="2"/><path d="M3 9h18M6.5 6.75h.01M9.5 6.75h.01"/>',
  latchkey: markPaths,
  provider: '<circle cx="12" cy="8" r="3.75"/><path d="M4.5 20c.6-4 3.6-6 7.5-6s6.9 2 7.5 6"/>',
  ok: '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
  warning: '<path d="M12 4L2.5 20h19L12 4zM12 10v4.5M12 17.25h.01"/>',
  danger: '<circle cx="12" cy="12" r="9"/><path d="M12 7v6M12 16.5h.01"/>',
} as const

/** A drawing as an SVG element, sized by the text around it and hidden from assistive technology. */
export function svg(paths: string, stroke = 2): string {
  return `<svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="${stroke}" stroke-linecap="square" stroke-linejoin="round" aria-hidden="true" focusable="false">${paths}</svg>`
}
