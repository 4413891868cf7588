/** Letters, blocks and what every section uses. */
export const base = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; overflow-wrap: anywhere; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", Arial, sans-serif; }
main, footer { max-width: 60rem; margin: 0 auto; padding: 0 1rem; }
main { padding-top: 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0.1rem 0 0.7rem; }
h2 { font-size: 1.1rem; margin: 0 0 0.75rem; }
h3 { font-size: 0.98rem; margin: 1.3rem 0 0.5rem; }
h4 { font-size: 0.92rem; margin: 0.8rem 0 0.3rem; }
.of, .muted { color: var(--soft); font-weight: 400; }
p { margin: 0 0 0.6rem; }
section > :last-child, header > :last-child, li > :last-child { margin-bottom: 0; }
a { color: var(--link); }
code, .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: 0.87em; white-space: pre-wrap; }
code, td, dd, del, ins, .what, bdi { unicode-bidi: isolate; }
section, header { background: var(--paper); border: 1px solid var(--line); border-radius: 0.6rem;
  padding: 1.15rem 1.3rem; margin-bottom: 1rem; }
.kicker { color: var(--soft); font-size: 0.85rem; margin: 0; }
.badge { display: inline-block; border-radius: 1rem; padding: 0 0.6rem; font-weight: 600; font-size: 0.84rem;
  border: 1px solid currentColor; max-width: 100%; }
.badge.plain { color: var(--soft); font-weight: 400; }
.good > .icon, .badge.good { color: var(--good); } .badge.good { background: var(--good-shade); }
.neutral > .icon, .badge.neutral { color: var(--neutral); } .badge.neutral { background: var(--neutral-shade); }
.careful > .icon, .badge.careful { color: var(--careful); } .badge.careful { background: var(--careful-shade); }
.bad > .icon, .badge.bad { color: var(--bad); } .badge.bad { background: var(--bad-shade); }
.icon { width: 1.6em; height: 1.6em; flex: none; }
.icon circle { fill: currentColor; }
.icon path { fill: none; stroke: var(--paper); stroke-width: 2.4; stroke-linecap: round; stroke-linejoin: round; }
.status { display: flex; flex-wrap: wrap; align-items: center; gap: 0.3rem 0.6rem; }
.todo { background: var(--shade); border-left: 0.25rem solid var(--soft); border-radius: 0.3rem;
  padding: 0.55rem 0.8rem; margin: 0.7rem 0; }
ul, ol { margin: 0 0 0.6rem; padding-left: 1.4rem; }
li { margin-bottom: 0.35rem; }
ul.links { list-style: none; display: flex; flex-wrap: wrap; gap: 0.3rem 1.1rem; padding: 0; margin: 0.6rem 0 0; }
ul.links li { margin: 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; }
th, td { text-align: left; padding: 0.3rem 0.8rem 0.3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--soft); font-weight: 600; font-size: 0.85rem; }
td.figure, th.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-right: 1rem; }
td.figure, td.time { width: 1%; }
th { white-space: nowrap; } td.kind { width: 7rem; }
td.time { white-space: nowrap; font-variant-numeric: tabular-nums; }
.time, td.kind { color: var(--soft); }
details { margin-top: 0.7rem; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
summary { cursor: pointer; color: var(--link); font-size: 0.93rem; }
details[open] > summary { margin-bottom: 0.5rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
footer { color: var(--soft); font-size: 0.83rem; padding-bottom: 2rem; }`;
