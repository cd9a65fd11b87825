import { api } from '../api/client.js';
import { usePolled } from '../ui/polled.js';
import { statusTexts } from './status-texts.js';
import { texts } from './texts.js';

/** How far a batch of notifications is, and with which results. */
export function BatchProgress({ batch }: { batch: string }) {
  const [progress] = usePolled(
    async () => api.get('/api/v1/notifications/batches/{id}', { path: { id: batch } }),
    batch,
  );
  if (progress === undefined) return null;
  const { total, states, results } = progress;
  const done = states['done'] ?? 0;
  const counts = [
    ...Object.entries(texts.states).flatMap(([name, word]) => (name === 'done' ? [] : [[word, states[name]] as const])),
    ...Object.entries(statusTexts.results).map(([name, word]) => [word, results[name]] as const),
  ];
  return (
    <section class="card batch" aria-label={texts.batchProgress}>
      <h2>
        {texts.batch} {batch}
      </h2>
      <p>
        <progress max={total} value={done} aria-label={texts.batchProgress} /> {done} / {total}
      </p>
      <dl class="counts">
        {counts.map(
          ([word, count = 0]) =>
            count > 0 && (
              <div key={word}>
                <dt>{word}</dt>
                <dd>{count}</dd>
              </div>
            ),
        )}
      </dl>
    </section>
  );
}
