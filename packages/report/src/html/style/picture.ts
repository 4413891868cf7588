/** The rollout as a picture. */
export const picture = `
figure > svg { display: block; overflow: hidden; width: 100%; height: auto; margin: 0.3rem 0; }
svg.narrow { display: none; }
figcaption { color: var(--soft); font-size: 0.92rem; margin-bottom: 0.5rem; }
svg text { fill: var(--soft); font-size: 12px; }
svg .grid { stroke: var(--line); } svg .axis { stroke: var(--soft); }
svg .old { fill: var(--old); stroke: var(--old-line); }
svg .new { fill: var(--new); stroke: var(--new-line); }
svg .starting { fill: var(--new); fill-opacity: 0.14; stroke: var(--new); stroke-dasharray: 2 2; }
svg .restored-ground { fill: var(--restored); }
svg .restored-hatch { stroke: var(--paper); stroke-width: 1.5; opacity: 0.55; }
svg .restored { stroke: var(--restored-line); }
svg .back-ground { fill: var(--restored); opacity: 0.1; }
svg .unseen { fill: var(--shade); stroke: var(--line); stroke-dasharray: 4 4; }
svg line.phase { stroke: var(--soft); } svg text.phase { font-size: 11px; }
svg .desired { fill: none; stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 5 4; }
svg .judged { stroke-width: 1.5; }
svg .judged.good { stroke: var(--good); } svg .judged.neutral { stroke: var(--neutral); }
svg .judged.careful { stroke: var(--careful); } svg .judged.bad { stroke: var(--bad); }
svg text.good { fill: var(--good); } svg text.neutral { fill: var(--neutral); }
svg text.careful { fill: var(--careful); } svg text.bad { fill: var(--bad); }
svg text.strong { font-weight: 600; }
svg .failed { fill: none; stroke: var(--bad); stroke-width: 2.5; }
svg .event { fill: var(--paper); stroke: var(--soft); }
svg .event-line { stroke: var(--soft); stroke-dasharray: 1 3; }
svg text.number { font-size: 11px; fill: var(--ink); }
svg .target.healthy { fill: var(--healthy); } svg .target.initial { fill: var(--initial); }
svg .target.unhealthy { fill: var(--unhealthy); stroke: var(--bad); } svg .target.draining { fill: var(--old); }
svg .target.other { fill: var(--shade); stroke: var(--line); }
ul.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; padding: 0; margin: 0 0 0.6rem; font-size: 0.9rem; }
ul.legend li { display: flex; align-items: center; gap: 0.4rem; margin: 0; }
ul.legend svg { width: 22px; height: 12px; flex: none; }`;
