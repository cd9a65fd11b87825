import { useEffect, useRef } from 'preact/hooks';
import { summaryOf, moodOf } from '../../calls/summaries.js';
import { formatOffset } from '../../calls/offset.js';
import { timelineTexts } from '../../calls/timeline-texts.js';
import type { SimulatedCall, SimulatedEntry } from './simulation.js';
import { texts } from './texts.js';

/** Entries that repeat what others say. */
const LEFT_OUT: ReadonlySet<string> = new Set(['timer', 'digit', 'queued', 'leg_over']);

/** The course of the call in words; the prompt that is heard now stands out. */
export function Transcript({ call, speaking }: { call: SimulatedCall; speaking: number | undefined }) {
  const list = useRef<HTMLOListElement>(null);
  const { timeline, prompts, waiting } = call;
  useEffect(() => {
    if (list.current !== null) list.current.scrollTop = list.current.scrollHeight;
  }, [timeline]);
  const lengthMs = timeline.at(-1)?.offset_ms ?? 0;
  const promptNames = new Map(prompts.map(({ id, name }) => [id, name ?? '']));
  const sentence = ({ kind, data }: SimulatedEntry) =>
    kind === 'prompt'
      ? (data['prompts'] as number[]).map((id) => promptNames.get(id) || `#${id}`).join(', ')
      : summaryOf(kind, data, { promptNames, direction: 'incoming' });
  return (
    <ol class="transcript" aria-label={texts.transcript} ref={list} tabIndex={0}>
      {timeline
        .filter(({ kind }) => !LEFT_OUT.has(kind))
        .map((entry) => (
          <li
            key={entry.seq}
            class={[entry.kind, moodOf(entry.kind, entry.data), entry.seq === speaking ? 'speaking' : ''].join(' ')}
          >
            <span class="when">{formatOffset(entry.offset_ms, lengthMs)}</span>
            <span>
              <b>{Object.hasOwn(timelineTexts.kinds, entry.kind) ? kindName(entry.kind) : entry.kind}</b>{' '}
              {sentence(entry)}
              {entry.kind === 'shop_request' && call.shop === 'real' && <strong class="real"> {texts.real}</strong>}
              {entry.kind.startsWith('shop_') && typeof entry.data['body'] === 'string' && (
                <details>
                  <summary>{texts.body}</summary>
                  <pre>{entry.data['body']}</pre>
                </details>
              )}
            </span>
          </li>
        ))}
      <li class="state">
        <b>{waiting === null ? texts.ended : texts.waiting}</b>
      </li>
    </ol>
  );
}

function kindName(kind: string): string {
  return timelineTexts.kinds[kind as keyof typeof timelineTexts.kinds];
}
