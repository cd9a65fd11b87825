/** The style sheet of the pages. */
export const style = `
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --bad: #b3261e; --good: #1b7f3b; --link: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --bad: #ff8a80; --good: #7bd88f; --link: #8ab4f8; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; }
a { color: var(--link); }
header, main, footer { max-width: 64rem; margin: 0 auto; padding: 0.75rem 1rem; }
header { display: flex; gap: 1.25rem; align-items: center; flex-wrap: wrap; border-bottom: 1px solid var(--line); }
header strong { font-size: 1.1rem; }
header form { margin-left: auto; }
footer { color: GrayText; font-size: 0.875rem; border-top: 1px solid var(--line); margin-top: 2rem; }
h1 { font-size: 1.5rem; margin: 0.75rem 0; }
h2 { font-size: 1.15rem; margin: 1.75rem 0 0.5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 0.4rem 0.75rem 0.4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
audio { height: 2.25rem; max-width: 100%; vertical-align: middle; }
button, input { font: inherit; padding: 0.3rem 0.7rem; border: 1px solid var(--line); border-radius: 0.375rem; }
button { cursor: pointer; }
button.danger { color: var(--bad); }
input[type='file'] { border: 0; padding-left: 0; }
form.row { display: flex; gap: 0.75rem; align-items: end; flex-wrap: wrap; margin: 0.5rem 0; }
label { display: grid; gap: 0.2rem; font-size: 0.875rem; }
.inline { display: inline; }
span.good { color: var(--good); }
p.bad, span.bad { color: var(--bad); }
.soft { color: GrayText; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1.25rem; margin: 0.5rem 0; }
dl.facts dt { color: GrayText; }
dl.facts dd { margin: 0; }
ol.timeline { list-style: none; padding: 0; margin: 0; }
ol.timeline li { display: grid; grid-template-columns: 4.5rem 12rem 1fr auto; gap: 0.75rem; padding: 0.35rem 0; border-bottom: 1px solid var(--soft); }
ol.timeline time { text-align: right; color: GrayText; font-variant-numeric: tabular-nums; }
ol.timeline li.action { background: var(--soft); }
ol.timeline .what { font-weight: 600; }
ol.timeline li.bad .what { color: var(--bad); }
ol.timeline li.good .what { color: var(--good); }
code, pre { font: 0.85rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; margin: 0.2rem 0; }
details summary { cursor: pointer; color: GrayText; font-size: 0.875rem; }
ol.timeline details[open] { grid-column: 3 / -1; }
ol.timeline summary { text-align: right; }
@media (max-width: 40rem) {
  ol.timeline li { grid-template-columns: 3.5rem 1fr auto; gap: 0.1rem 0.75rem; }
  ol.timeline .said { grid-column: 2 / -1; }
  ol.timeline details { grid-column: 3; grid-row: 1; }
  ol.timeline details[open] { grid-column: 2 / -1; grid-row: auto; }
}
`;
