import { text } from '../../http/answer.js';
import { html, type Html } from '../../http/html.js';
import { route, type Route } from '../../http/route.js';
import type { BatchProgress } from '../../notifications/reader.js';
import type { Texts } from '../texts/texts.js';

/**
 * How far a batch of notifications is: as it is when the page is asked for, and while the page is open as the API tells.
 * `head`: what the page needs for that.
 */
export function batchProgress(batch: string, progress: BatchProgress, texts: Texts): { content: Html; head: Html } {
  const { ofDispatch: words } = texts;
  const done = progress.states['done'] ?? 0;
  const counts = [
    ...Object.entries(words.states).filter(([state]) => state !== 'done'),
    ...Object.entries(words.results),
  ];
  const content = html`<section
    id="batch"
    data-address="/api/v1/notifications/batches/${encodeURIComponent(batch)}"
    aria-label="${words.batchProgress}"
  >
    <p>
      <progress max="${progress.total}" value="${done}" aria-label="${words.batchProgress}"></progress>
      <span data-count="done">${done}</span> / <span data-count="total">${progress.total}</span>
    </p>
    <dl class="facts">
      ${counts.map(([name, word]) => count(name, word, progress.states[name] ?? progress.results[name] ?? 0))}
    </dl>
  </section>`;
  return { content, head: html`<script type="module" src="/assets/batch.js"></script>` };
}

function count(name: string, word: string, value: number): Html {
  return html`<dt>${word}</dt>
    <dd data-count="${name}">${value}</dd>`;
}

export function batchScriptRoute(): Route {
  return route({
    method: 'GET',
    path: '/assets/batch.js',
    scope: 'public',
    kind: 'page',
    summary: 'Script of the progress of a batch',
    handle: () => text(script, 'text/javascript; charset=utf-8'),
  });
}

/** Asks again until all is done; what cannot be reached is asked again, too. */
const script = `
const EVERY_MS = 2000;
const section = document.querySelector('#batch');

async function look() {
  const response = await fetch(section.dataset.address).catch(() => undefined);
  if (!response?.ok) return true;
  const { total, states, results } = await response.json();
  const counts = { ...states, ...results, total, done: states.done ?? 0 };
  for (const element of section.querySelectorAll('[data-count]'))
    element.textContent = counts[element.dataset.count] ?? 0;
  const bar = section.querySelector('progress');
  bar.max = total;
  bar.value = counts.done;
  return counts.done < total;
}

async function watch() {
  if (document.hidden || (await look())) setTimeout(watch, EVERY_MS);
}
setTimeout(watch, EVERY_MS);
`;
