/** The style sheet of the record: light and dark, wide and narrow, and on paper always light. */
const light = `
  --paper: #ffffff; --page: #f4f6f8; --ink: #1c2430; --soft: #55606e; --line: #d8dee5; --shade: #eef1f5;
  --link: #0b57b7; --good: #14713a; --good-shade: #e2f3e8; --careful: #8a5a00; --careful-shade: #fbf0d9;
  --bad: #b3201f; --bad-shade: #fbe6e5; --old: #a9b4c2; --old-line: #6c7888; --new: #2463c9; --new-line: #143f86;
  --restored: #0f8b7d; --restored-line: #075e54;`;

const dark = `
  --paper: #171c23; --page: #0e1217; --ink: #e4e9ef; --soft: #9eaab8; --line: #323b47; --shade: #212832;
  --link: #7fb2ff; --good: #62cf8b; --good-shade: #14301f; --careful: #eab64f; --careful-shade: #33270e;
  --bad: #ff8a84; --bad-shade: #3d1b1a; --old: #5c6878; --old-line: #94a1b2; --new: #4d8df0; --new-line: #a3c6ff;
  --restored: #2bb5a4; --restored-line: #85e3d7;`;

export const style = `
:root { color-scheme: light dark; ${light} }
@media (prefers-color-scheme: dark) { :root { ${dark} } }
@media print { :root { color-scheme: light; ${light} --page: #ffffff; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", Arial, sans-serif; }
main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1rem; }
main { padding-top: 1.25rem; }
h1 { font-size: 1.45rem; line-height: 1.25; margin: 0.15rem 0 0.4rem; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 0 0 0.75rem; }
h3 { font-size: 0.95rem; margin: 1.1rem 0 0.4rem; }
h2 .of, .muted { color: var(--soft); font-weight: 400; }
p { margin: 0 0 0.6rem; }
p:last-child, ul:last-child, ol:last-child { margin-bottom: 0; }
a { color: var(--link); overflow-wrap: anywhere; }
code, .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: 0.86em; overflow-wrap: anywhere; white-space: pre-wrap; }
section, header { background: var(--paper); border: 1px solid var(--line); border-radius: 0.5rem;
  padding: 1.1rem 1.25rem; margin-bottom: 1rem; }
header { border-left-width: 0.45rem; }
header.good { border-left-color: var(--good); }
header.careful { border-left-color: var(--careful); }
header.bad { border-left-color: var(--bad); }
.kicker { color: var(--soft); font-size: 0.85rem; margin: 0; }
.badge { display: inline-block; border-radius: 1rem; padding: 0.1rem 0.7rem; font-weight: 600; font-size: 0.85rem;
  border: 1px solid currentColor; }
.badge.good { color: var(--good); background: var(--good-shade); }
.badge.careful { color: var(--careful); background: var(--careful-shade); }
.badge.bad { color: var(--bad); background: var(--bad-shade); }
.sentence { font-size: 1.08rem; margin: 0.6rem 0; overflow-wrap: anywhere; }
.todo { background: var(--shade); border-radius: 0.35rem; padding: 0.6rem 0.8rem; margin: 0.6rem 0; overflow-wrap: anywhere; }
dl.facts { display: grid; grid-template-columns: max-content 1fr max-content 1fr; gap: 0.3rem 1rem; margin: 0; }
dl.facts dt { color: var(--soft); }
dl.facts dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
dl.facts .full { grid-column: 2 / -1; }
ul, ol { margin: 0 0 0.6rem; padding-left: 1.4rem; }
li { margin-bottom: 0.3rem; overflow-wrap: anywhere; }
figure { margin: 0 0 0.8rem; }
svg { display: block; width: 100%; height: auto; }
svg.narrow { display: none; }
svg text { fill: var(--soft); font-size: 12px; font-family: system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .axis { stroke: var(--soft); stroke-width: 1; }
svg .old { fill: var(--old); stroke: var(--old-line); }
svg .new { fill: var(--new); stroke: var(--new-line); }
svg .starting { fill: var(--new); fill-opacity: 0.14; stroke: var(--new); stroke-dasharray: 2 2; }
svg .restored-ground { fill: var(--restored); }
svg .restored-hatch { stroke: var(--paper); stroke-width: 1.5; opacity: 0.55; }
svg .restored { stroke: var(--restored-line); }
svg .desired { fill: none; stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 5 4; }
svg .judged { stroke-width: 1.5; }
svg .judged.good { stroke: var(--good); } svg .judged.careful { stroke: var(--careful); } svg .judged.bad { stroke: var(--bad); }
svg text.good { fill: var(--good); } svg text.careful { fill: var(--careful); } svg text.bad { fill: var(--bad); }
svg text.strong { font-weight: 600; }
svg .failed { fill: none; stroke: var(--bad); stroke-width: 2.5; }
svg .event { fill: var(--paper); stroke: var(--soft); }
svg .event-line { stroke: var(--soft); stroke-dasharray: 1 3; }
svg text.number { font-size: 10px; fill: var(--ink); }
ul.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; padding: 0; margin: 0 0 0.6rem; font-size: 0.87rem; }
ul.legend li { display: flex; align-items: center; gap: 0.4rem; margin: 0; }
ul.legend svg { width: 22px; height: 12px; flex: none; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
th, td { text-align: left; padding: 0.3rem 0.7rem 0.3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td { overflow-wrap: anywhere; }
td.figure, th.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-right: 1rem; }
td.figure, td.time, .evidence-kind { width: 1%; }
td.time { white-space: nowrap; font-variant-numeric: tabular-nums; color: var(--soft); }
details { margin-top: 0.6rem; }
summary { cursor: pointer; color: var(--link); font-size: 0.92rem; }
details[open] summary { margin-bottom: 0.5rem; }
ul.differences { list-style: none; padding: 0; }
ul.differences li { border: 1px solid var(--line); border-radius: 0.35rem; overflow: hidden; margin-bottom: 0.5rem; }
ul.differences .path { padding: 0.3rem 0.7rem; background: var(--shade); display: block; }
ul.differences del, ul.differences ins { display: block; text-decoration: none; padding: 0.2rem 0.7rem 0.2rem 1.6rem; text-indent: -0.9rem; }
ul.differences del { background: var(--bad-shade); } ul.differences del::before { content: "- "; color: var(--bad); }
ul.differences ins { background: var(--good-shade); } ul.differences ins::before { content: "+ "; color: var(--good); }
ol.problems { padding-left: 1.6rem; } ol.problems li { margin-bottom: 0.8rem; }
.hint::before { content: "\\2192\\00a0"; color: var(--soft); }
.evidence-kind { color: var(--soft); white-space: nowrap; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
footer { color: var(--soft); font-size: 0.82rem; padding-bottom: 2rem; }
@media (max-width: 40rem) {
  main { padding-top: 0.6rem; } main, footer { padding-left: 0.6rem; padding-right: 0.6rem; }
  section, header { padding: 0.9rem; }
  dl.facts { grid-template-columns: max-content 1fr; } dl.facts .full { grid-column: 2; }
  svg.wide { display: none; } svg.narrow { display: block; }
}
@media print {
  body { font-size: 10pt; } main, footer { max-width: none; padding: 0; }
  section, header { border-radius: 0; break-inside: avoid-page; padding: 0.6rem 0.8rem; }
  section.long { break-inside: auto; } li, tr { break-inside: avoid; }
  svg, .badge, ins, del, header, .path { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  svg.wide { display: block; } svg.narrow { display: none; } a { color: inherit; }
}
`;
