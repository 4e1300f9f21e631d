"""The look of the matrix page. Tints only repeat what the numbers say; colour pairs read at 4.5 to 1 or more."""

from __future__ import annotations

MATRIX_STYLE = """
:root {
  --paper: #fbfaf7; --raised: #ffffff; --ink: #22262b; --soft: #5d646c; --line: #dfdcd4; --accent: #1d5c63;
  --tint: 29, 92, 99; --shade: 0 10px 40px rgba(30, 34, 40, .22);
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16191c; --raised: #1e2226; --ink: #e4e2dd; --soft: #a3a9af; --line: #343a40; --accent: #86ccd1;
    --tint: 134, 204, 209; --shade: 0 10px 40px rgba(0, 0, 0, .6);
  }
}
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); scroll-behavior: smooth; }
body {
  margin: 0 auto; padding: 2.5rem clamp(1rem, 4vw, 4rem) 4rem; max-width: 110rem;
  font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
}
a { color: var(--accent); text-underline-offset: .2em; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 1rem; font-weight: 600; }
h2 { font-size: 1.25rem; margin: 3rem 0 .5rem; font-weight: 600; }
h3 { font-size: 1.05rem; margin: 2rem 0 .25rem; font-weight: 600; }
h4 { font-size: 1rem; margin: 0; font-weight: 600; }
.class {
  display: inline-block; border: 1px solid currentColor; border-radius: 999px; padding: .05rem .7rem;
  font-size: .85rem; margin: 0 0 .75rem;
}
.facts { display: flex; flex-wrap: wrap; gap: .6rem 2.2rem; margin: 0 0 1.75rem; }
.facts div { max-width: 36rem; }
.facts dt { color: var(--soft); font-size: .8rem; }
.facts dd { margin: 0; }
.scroll {
  overflow: auto; max-height: 85vh; border: 1px solid var(--line); border-radius: 8px; background: var(--raised);
}
table { border-collapse: separate; border-spacing: 0; width: 100%; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid var(--line); padding: .45rem .7rem; }
thead th {
  position: sticky; top: 0; background: var(--raised); z-index: 2; vertical-align: bottom; font-weight: 600;
  font-size: .85rem; line-height: 1.3; text-align: center; min-width: 5.5rem;
}
thead .band th { border-left: 1px solid var(--line); color: var(--soft); font-weight: 500; position: static; }
thead .band th:first-child { border-left: 0; }
tbody th, tfoot th, thead th.corner { position: sticky; left: 0; background: var(--raised); text-align: left; }
tbody th, tfoot th {
  z-index: 1; font-weight: 500; min-width: 11rem; max-width: 22rem; overflow-wrap: anywhere;
}
thead th.corner { z-index: 3; }
tbody th small { display: block; color: var(--soft); font-weight: 400; }
td { text-align: center; }
td a { display: block; margin: -.45rem -.7rem; padding: .45rem .7rem; color: inherit; text-decoration: none; }
td a:hover { text-decoration: underline; }
.t1 { background: rgba(var(--tint), .06); } .t2 { background: rgba(var(--tint), .12); }
.t3 { background: rgba(var(--tint), .18); } .t4 { background: rgba(var(--tint), .24); }
td.unmentioned { color: var(--soft); font-weight: 700; }
td:target { outline: 2px solid var(--accent); outline-offset: -2px; }
.total { border-left: 1px solid var(--line); }
tfoot th, tfoot td { border-bottom: 0; font-weight: 600; }
tbody tr:last-child > * { border-bottom-width: 2px; }
.many thead tr:last-child th:not(.corner) { min-width: 0; padding: .6rem .2rem; font-weight: 500; }
.many thead tr:last-child th > span { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 15rem; }
.many td { min-width: 2rem; }
.many td, .many td a { padding-left: .3rem; padding-right: .3rem; }
.many td a { margin-left: -.3rem; margin-right: -.3rem; }
.words td { text-align: left; vertical-align: top; min-width: 15rem; }
.words td.unmentioned, .words td.total, .words tfoot td { text-align: center; min-width: 0; }
.words tbody th { vertical-align: top; }
.words q { display: block; font-family: Georgia, "DejaVu Serif", serif; font-size: .92rem; margin-bottom: .5rem; }
.words td a { color: var(--accent); font-size: .85rem; }
.notes { color: var(--soft); font-size: .9rem; padding: 0; margin: 1rem 0 0; list-style: none; }
.cell { padding: .75rem 0 .25rem; max-width: 52rem; }
.cell:target:focus-visible { outline: none; }
.cell header { display: flex; gap: 1rem; align-items: baseline; justify-content: space-between; }
.cell header p { margin: 0; color: var(--soft); font-size: .9rem; }
.back { font-size: .85rem; white-space: nowrap; }
.places { list-style: none; padding: 0; margin: .5rem 0; }
.places li { margin: 0 0 1.1rem; padding-left: 1rem; border-left: 3px solid rgba(var(--tint), .35); }
blockquote {
  margin: 0 0 .25rem; max-width: 44rem; font: 1.03rem/1.55 Georgia, "DejaVu Serif", serif; white-space: pre-line;
  overflow-wrap: anywhere;
}
.held { color: var(--soft); font-style: italic; }
.places p { margin: 0; color: var(--soft); font-size: .85rem; }
.spoken {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
@media screen {
  .cell:target {
    position: fixed; z-index: 10; inset: 0 0 0 auto; width: min(36rem, 100vw); overflow: auto;
    max-width: none; padding: 1.5rem 1.75rem; background: var(--raised); border-left: 1px solid var(--line);
    box-shadow: var(--shade);
  }
}
@media screen and (max-width: 48rem) {
  body { padding-top: 1.25rem; }
  tbody th, tfoot th { min-width: 7rem; max-width: 9rem; }
  .cell:target {
    inset: auto 0 0 0; width: auto; max-height: 75vh; border-left: 0; border-top: 1px solid var(--line);
    border-radius: 12px 12px 0 0; padding: 1.1rem 1.1rem;
  }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@media print {
  :root { --paper: #fff; --raised: #fff; --ink: #000; --soft: #444; --line: #bbb; --accent: #000; }
  body { padding: 0; font-size: 10pt; max-width: none; }
  .scroll { overflow: visible; max-height: none; border: 0; }
  thead th, tbody th, tfoot th { position: static !important; }
  .back { display: none; }
  .places li, tr { break-inside: avoid; }
  h2, h3, h4, .cell header { break-after: avoid; }
}
"""
