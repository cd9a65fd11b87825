import { html, type Html } from '../../http/html.js';
import type { Request } from '../../http/route.js';
import type { BatchProgress } from '../../notifications/reader.js';
import { textsFor } from '../texts/texts.js';

/**
 * The progress of a batch of notifications. A script refreshes it from the API while the page is open; `head` loads that
 * script.
 */
export function batchProgress(
  batch: string,
  progress: BatchProgress,
  { languages, assetAddress }: Pick<Request, 'languages' | 'assetAddress'>,
): { content: Html; head: Html } {
  const { ofNotifications: words } = textsFor(languages);
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
  return { content, head: html`<script type="module" src="${assetAddress('assets/batch.ts')}"></script>` };
}

function count(name: string, word: string, value: number): Html {
  return html`<dt>${word}</dt>
    <dd data-count="${name}">${value}</dd>`;
}
