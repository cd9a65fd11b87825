import type { Sections } from '../now/sections.js';
import { formatDuration } from '../format.js';
import { pageLanguage } from '../texts.js';
import { Icon } from '../ui/icon.js';
import { now } from '../ui/clock.js';
import { texts } from './texts.js';
import { WITHIN_S, type Today } from './today.js';

/** Waiting longer than this stands out, and than that even more. */
const LONG_MS = 60_000; // eslint-disable-line no-restricted-syntax -- lib/time.ts is not for browsers
const TOO_LONG_MS = 120_000;

const whole = new Intl.NumberFormat(pageLanguage);
const share = new Intl.NumberFormat(pageLanguage, { style: 'percent', maximumFractionDigits: 0 });

type QueueSums = Today['queues'] extends ReadonlyMap<string, infer S> ? S : never;

type QueueCardProps = Sections['queues'][number] & {
  sums: QueueSums | undefined;
  /** False: the visitor may not see reports, or they have not been loaded yet. */
  hasSums: boolean;
  clockAheadMs: number;
  /** Only what counts now. */
  isCompact: boolean;
};

/** One queue: who waits now, who can answer, and the day so far. */
export function QueueCard({
  queue,
  calls,
  free,
  busy,
  paused,
  sums,
  hasSums,
  clockAheadMs,
  isCompact,
}: QueueCardProps) {
  const first = calls.reduce<string | undefined>(
    (oldest, { since }) => (oldest === undefined || since < oldest ? since : oldest),
    undefined,
  );
  const longest = first === undefined ? 0 : Math.max(0, now.value - clockAheadMs - Date.parse(first));
  const isUnattended = queue.waiting > 0 && free + busy === 0;
  return (
    <section class={`wall-queue ${urgencyOf(queue.waiting, longest)}`} data-queue={queue.id}>
      <h2>{queue.name}</h2>
      <p class="wall-waiting">
        <b>{whole.format(queue.waiting)}</b> {texts.waiting(queue.waiting)}
        {first !== undefined && (
          <span class="wall-longest">
            <Icon name="wait" /> {formatDuration(longest)}{' '}
            <span class={isCompact ? 'unseen' : 'soft'}>{texts.longest}</span>
          </span>
        )}
      </p>
      {isUnattended && (
        <p class="wall-alarm">
          <Icon name="warning" /> {texts.nobody}
        </p>
      )}
      {!(isCompact && isUnattended) && (
        <ul class="wall-handsets">
          <li class="badge free">
            <Icon name="free" /> <b>{free}</b> {texts.free}
          </li>
          <li class="badge talk">
            <Icon name="talk" /> <b>{busy}</b> {texts.talking}
          </li>
          <li class="badge pause">
            <Icon name="pause" /> <b>{paused}</b> {texts.paused}
          </li>
        </ul>
      )}
      {hasSums && !isCompact && (
        <dl class="wall-sums">
          <Sum name={texts.answered} value={whole.format(sums?.answered ?? 0)} />
          <Sum name={texts.lost} value={whole.format(sums?.lost ?? 0)} />
          <Sum
            name={texts.level(WITHIN_S)}
            value={typeof sums?.service_level === 'number' ? share.format(sums.service_level) : '–'}
          />
        </dl>
      )}
    </section>
  );
}

function Sum({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function urgencyOf(waiting: number, longestMs: number): string {
  if (waiting === 0) return 'calm';
  return longestMs > TOO_LONG_MS ? 'too-long' : longestMs > LONG_MS ? 'long' : 'some';
}
