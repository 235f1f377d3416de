/** One look for every page, light and dark; nothing is loaded from anywhere. */
export const css = `
:root {
  color-scheme: light dark;
  --ink: #16181d; --muted: #565a63; --paper: #fbfaf7; --card: #ffffff; --line: #e4e1d8; --edge: #8d8878; --accent: #8a6414;
}
@media (prefers-color-scheme: dark) {
  :root { --ink: #eceae4; --muted: #a9adb5; --paper: #14161a; --card: #1a1d22; --line: #2a2e35; --edge: #6f757f; --accent: #e0b45a; }
}
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
.fake { display: flex; gap: 8px; justify-content: center; align-items: center; padding: 8px 16px; font-size: 13px;
  border-block-end: 1px dashed var(--edge); color: var(--muted); }
.fake svg { flex: none; inline-size: 16px; block-size: 16px; color: var(--accent); }
.fake strong { color: var(--ink); font-weight: 600; }
main { max-inline-size: 456px; margin: 48px auto 32px; padding: 0 16px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 24px; }
.brand { display: flex; align-items: center; gap: 8px; margin: 0 0 16px; font-size: 13px; color: var(--muted); }
.brand svg { inline-size: 24px; block-size: 24px; color: var(--accent); }
h1 { margin: 0 0 4px; font-size: 24px; line-height: 1.25; font-weight: 600; letter-spacing: -0.01em; }
h2 { margin: 24px 0 8px; font-size: 15px; font-weight: 600; }
p { margin: 0 0 12px; max-inline-size: 70ch; }
.muted, .shows { color: var(--muted); }
code, dt, dd { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
strong { font-weight: 600; overflow-wrap: anywhere; }
ul { list-style: none; margin: 0; padding: 0; }
.scopes, .scopes ul { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 12px; }
.personas { display: grid; gap: 8px; margin: 16px 0; }
button { font: inherit; color: inherit; cursor: pointer; min-block-size: 44px; border-radius: 10px; border: 1px solid var(--edge);
  background: transparent; padding: 8px 16px; transition: border-color 120ms ease-out; }
button:hover { border-color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.persona { inline-size: 100%; display: grid; grid-template-columns: 40px minmax(0, 1fr); gap: 12px; align-items: center;
  padding: 12px; text-align: start; }
.persona > span { display: grid; min-inline-size: 0; overflow-wrap: anywhere; }
.persona .monogram { inline-size: 40px; block-size: 40px; place-items: center; border: 2px solid var(--accent); border-radius: 50%;
  font-size: 13px; font-weight: 600; letter-spacing: 0.02em; }
.name { font-weight: 600; }
.mail, .shows, .hint { font-size: 13px; }
.hint { color: var(--accent); font-weight: 600; }
.quiet { inline-size: 100%; }
details { margin: 16px 0 0; font-size: 13px; }
summary { cursor: pointer; padding: 12px 0; color: var(--muted); }
dl { margin: 0; display: grid; gap: 8px; }
dt { color: var(--muted); }
dd { margin: 0; }
a { color: var(--accent); text-underline-offset: 2px; }
@media (max-width: 400px) { main { margin-block-start: 24px; } .card { padding: 16px; } }
@media (prefers-reduced-motion: reduce) { * { transition: none; } }
`
