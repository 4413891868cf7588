/** What single sections need. */
export const parts = `
header { border-left-width: 0.5rem; }
header.good { border-left-color: var(--good); } header.neutral { border-left-color: var(--neutral); }
header.careful { border-left-color: var(--careful); } header.bad { border-left-color: var(--bad); }
header > .status { font-size: 1.15rem; border-radius: 0.45rem; padding: 0.6rem 0.8rem; margin: 0 0 0.8rem; }
header > .status.good { background: var(--good-shade); color: var(--good); }
header > .status.neutral { background: var(--neutral-shade); color: var(--neutral); }
header > .status.careful { background: var(--careful-shade); color: var(--careful); }
header > .status.bad { background: var(--bad-shade); color: var(--bad); }
header > .status strong { flex: 1 1 9rem; }
.status .outcome { font-size: 0.9rem; }
.sentence { font-size: 1.08rem; margin-bottom: 0.6rem; }
.lead { margin-bottom: 0.6rem; }
.cause { font-size: 1.05rem; font-weight: 600; margin-bottom: 0.6rem; }
dl.facts { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem; margin: 0; }
dl.facts div { display: grid; grid-template-columns: 8.2rem 1fr; gap: 0.8rem; padding: 0.3rem 0; border-bottom: 1px solid var(--line); }
dl.facts div.full { grid-column: 1 / -1; }
dl.facts dt { color: var(--soft); } dl.facts dd { margin: 0; min-width: 0; }
ul.changes { list-style: none; padding: 0; }
ul.changes li { display: grid; grid-template-columns: minmax(8rem, 16rem) 1fr; gap: 0.1rem 1rem; padding: 0.3rem 0;
  margin: 0; border-bottom: 1px solid var(--line); }
ul.changes .of { grid-column: 2; font-size: 0.87rem; }
.what { color: var(--soft); }
.sides { display: flex; flex-wrap: wrap; gap: 0.2rem 0.5rem; align-items: baseline; min-width: 0; }
.sides del, .sides ins { text-decoration: none; border-radius: 0.3rem; padding: 0 0.4rem; min-width: 0; }
.sides del { background: var(--bad-shade); } .sides ins { background: var(--good-shade); }
.sides del code { text-decoration: line-through; text-decoration-thickness: 1px; }
ul.findings, ul.verdicts { list-style: none; padding: 0; } ul.findings li, ul.verdicts li { margin-bottom: 0.6rem; }
ol.problems li { margin-bottom: 0.9rem; } .place { display: block; color: var(--soft); }
.hint { display: block; color: var(--soft); }
.hint::before { content: "\\2192\\00a0"; }
figure { margin: 0; }
figure.log { border: 1px solid var(--line); border-radius: 0.4rem; margin: 0 0 0.8rem; overflow: hidden; }
figure.log figcaption { background: var(--shade); padding: 0.35rem 0.8rem; font-size: 0.9rem; }
figure.log p { padding: 0.5rem 0.8rem; margin: 0; }
figure.log ol { list-style: none; margin: 0; padding: 0.5rem 0.8rem; font-size: 0.9rem; }
figure.log li { margin: 0; padding-left: 1.5rem; text-indent: -1.5rem; } figure.log li code { unicode-bidi: plaintext; }
figure.log .time { font-variant-numeric: tabular-nums; font-size: 0.9em; } .cut { color: var(--soft); font-style: italic; }
ol.runs { list-style: none; padding: 0; }
ol.runs > li { border-left: 0.3rem solid var(--line); padding: 0 0 0.2rem 0.9rem; margin-bottom: 1.2rem; }
ol.runs > li.good { border-left-color: var(--good); } ol.runs > li.neutral { border-left-color: var(--neutral); }
ol.runs > li.careful { border-left-color: var(--careful); } ol.runs > li.bad { border-left-color: var(--bad); }
ol.runs h3 { margin: 0 0 0.3rem; } ol.runs p { margin-bottom: 0.3rem; } ol.runs .status { font-size: 0.95rem; }`;
