/** The style sheet of the pages. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #fff; --text: #1a1c1e; --quiet: #5a5f66; --line: #c9ccd1; --tint: #f3f4f6;
  --link: #0b57d0; --bad: #b3261e; --good: #16692f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #131416; --text: #e6e7e9; --quiet: #a3a8b0; --line: #43474e; --tint: #1d1f23;
    --link: #8ab4f8; --bad: #ff8a80; --good: #7bd88f;
  }
}
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page); }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
header, main, footer { max-width: 68rem; margin: 0 auto; padding: 0.75rem 1rem; }
header { display: flex; gap: 0.5rem 1.25rem; align-items: center; flex-wrap: wrap; border-bottom: 1px solid var(--line); }
header strong { font-size: 1.1rem; }
header form { margin-left: auto; }
header nav { flex-basis: 100%; }
footer { border-top: 1px solid var(--line); margin-top: 2rem; }
nav { display: flex; gap: 0 1rem; flex-wrap: wrap; }
nav a, nav strong { padding: 0.4rem 0; }
nav a[aria-current] { color: inherit; font-weight: 600; text-decoration: none; }
a.skip { position: absolute; left: 1rem; top: -10rem; padding: 0.5rem 1rem; background: var(--page); }
a.skip:focus { top: 0.5rem; }
main:focus { outline: none; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0.75rem 0; }
h2 { font-size: 1.15rem; margin: 1.75rem 0 0.5rem; }
h1, td, dd { overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 0.4rem 0.75rem 0.4rem 0; border-bottom: 1px solid var(--line); vertical-align: middle; }
th { font-weight: 600; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.number:first-child, th.number:first-child { width: 3.5rem; }
audio { height: 2.5rem; width: 17rem; max-width: 100%; vertical-align: middle; }
button, input, select, textarea { font: inherit; color: inherit; padding: 0.35rem 0.75rem; border: 1px solid var(--quiet); border-radius: 0.375rem; background: var(--page); max-width: 100%; }
button, .whole { white-space: nowrap; }
button { cursor: pointer; background: var(--tint); }
button.danger { color: var(--bad); }
input[type='file'] { border: 0; padding-left: 0; }
form.row, div.row { display: flex; gap: 0.75rem; align-items: end; flex-wrap: wrap; margin: 0.5rem 0; }
form.row label, div.row label { flex: 0 1 26rem; min-width: 0; }
form.upload { display: flex; gap: 0.5rem; align-items: center; flex-wrap: wrap; }
form.upload input { width: 15rem; }
form.upload + a { display: inline-block; padding: 0.2rem 0; }
label { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.2rem; }
label input, label select, label textarea { width: 100%; }
fieldset.choices { border: 1px solid var(--line); border-radius: 0.375rem; margin: 0.75rem 0; display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; }
fieldset.choices label { display: flex; align-items: center; gap: 0.4rem; min-height: 1.75rem; }
fieldset.choices input { width: auto; }
span.good { color: var(--good); }
p.bad, span.bad { color: var(--bad); }
.soft { color: var(--quiet); }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1.25rem; margin: 0.5rem 0; }
dl.facts dt { color: var(--quiet); }
dl.facts dd { margin: 0; }
code, pre { font: 0.875rem/1.45 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; margin: 0.2rem 0; }
code.copied { user-select: all; }
ul.plain { list-style: none; padding: 0; margin: 0; }
summary { cursor: pointer; padding: 0.15rem 0; }
ol.timeline { list-style: none; padding: 0; margin: 0; }
ol.timeline li { display: grid; grid-template-columns: 4.5rem 11.5rem 1fr auto; gap: 0 0.75rem; padding: 0.35rem 0.5rem; border-bottom: 1px solid var(--line); }
ol.timeline time { text-align: right; color: var(--quiet); font-variant-numeric: tabular-nums; }
ol.timeline li.action { background: var(--tint); }
ol.timeline .said { min-width: 0; overflow-wrap: anywhere; }
ol.timeline .what { font-weight: 600; }
ol.timeline li.bad .what { color: var(--bad); }
ol.timeline li.good .what { color: var(--good); }
ol.timeline summary { color: var(--quiet); text-align: right; padding: 0 0.25rem; }
ol.timeline details[open] { grid-column: 3 / -1; }
@media (max-width: 44rem) {
  ol.timeline li { grid-template-columns: 4rem 1fr auto; padding-left: 0; }
  ol.timeline .said { grid-column: 2 / -1; }
  ol.timeline details { grid-column: 3; grid-row: 1; }
  ol.timeline details[open] { grid-column: 2 / -1; grid-row: auto; }
  table.cards thead { display: none; }
  table.cards tr { display: block; padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
  table.cards td { display: flex; gap: 0.25rem 0.75rem; align-items: center; flex-wrap: wrap; padding: 0.15rem 0; border: 0; text-align: left; }
  table.cards td > audio, table.cards td > form { flex: 1 1 12rem; min-width: 0; }
  table.cards td:first-child { font-weight: 600; }
  table.cards td[data-label]::before { content: attr(data-label); color: var(--quiet); flex: 0 0 6.5rem; hyphens: auto; }
}
`;
