/** A stylesheet object: no `style-src` keeps it out, and nothing of the page's reaches into the panel. */
export const style = `
:host{all:initial;color-scheme:light dark;position:fixed;inset-block-end:16px;inset-inline-end:16px;z-index:2147483000;
--ink:#16181d;--quiet:#5c5f66;--paper:#fbfaf7;--line:#e4e1d8;--accent:#8a6414;--ok:#1f7a4d;--warning:#9a6700;--danger:#b3261e;
font:13px/1.5 system-ui,sans-serif;color:var(--ink)}
@media(prefers-color-scheme:dark){:host{--ink:#eceae4;--quiet:#a8a69f;--paper:#14161a;--line:#2a2e35;--accent:#e0b45a;--ok:#5cc08b;--warning:#e3b341;--danger:#ff8a80}}
*{box-sizing:border-box;overflow-wrap:anywhere}
h2,h3,p,ol,dl,dd{margin:0;padding:0}
h2{font-size:15px}h3{font-size:13px;margin-block:12px 4px}
ol{list-style:none}
code,dd,time{font-family:ui-monospace,monospace}
button{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--quiet);border-radius:10px;min-block-size:44px;min-inline-size:44px;padding:0 12px;cursor:pointer}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
section{position:absolute;inset-block-end:56px;inset-inline-end:0;inline-size:min(420px,100vw - 32px);max-block-size:min(640px,100vh - 96px);overflow:auto;background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:16px}
section[hidden]{display:none}
header{display:flex;gap:8px;align-items:center;justify-content:space-between}
.stations{display:flex;flex-wrap:wrap;gap:4px 12px}
dl{display:grid;grid-template-columns:minmax(72px,max-content) 1fr;gap:0 12px}
dt,time,.quiet{color:var(--quiet)}
.entries li{border-block-start:1px solid var(--line);padding-block:4px}
.ok{color:var(--ok)}.warning{color:var(--warning)}.danger{color:var(--danger)}
.row{display:flex;gap:8px;margin-block-start:12px}
`
