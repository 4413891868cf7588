/** A phone, and paper. */
export const screens = `
@media (max-width: 40rem) {
  main { padding-top: 0.6rem; } main, footer { padding-left: 0.6rem; padding-right: 0.6rem; }
  section, header { padding: 0.9rem; }
  header > .status strong { flex-basis: 60%; } .status .outcome { flex-basis: 100%; }
  dl.facts { grid-template-columns: 1fr; }
  dl.facts div { grid-template-columns: 7rem 1fr; }
  ul.changes li { grid-template-columns: 1fr; } ul.changes .of { grid-column: 1; }
  table.stacked thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  table.stacked tr { display: block; padding: 0.4rem 0; border-bottom: 1px solid var(--line); }
  table.stacked td { display: inline; border: 0; padding: 0 0.5rem 0 0; width: auto; }
  table.stacked td:last-child { display: block; }
  svg.wide { display: none; } svg.narrow { display: block; }
}
@media print {
  body { font-size: 10pt; } main, footer { max-width: none; padding: 0; }
  section, header { border-radius: 0; break-inside: avoid-page; padding: 0.5rem 0.7rem; }
  details:not(.figures)::details-content { content-visibility: visible; } details:not(.figures) > summary { list-style: none; }
  section.long { break-inside: auto; } li, tr { break-inside: avoid; } h2, h3, h4 { break-after: avoid; }
  svg, .badge, ins, del, header, .status, .todo { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  svg.wide { display: block; } svg.narrow { display: none; } a { color: inherit; } nav a::after { content: " (" attr(href) ")"; font-size: 0.8em; }
}`;
