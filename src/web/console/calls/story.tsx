import { formatExactInstant } from '../format.js';
import { formatOffset } from './offset.js';
import { moodOf, summaryOf, type StoryContext } from './summaries.js';
import { texts } from './texts.js';
import { timelineTexts } from './timeline-texts.js';
import type { Entry } from './types.js';

/** The timeline as a list of sentences, and everything that was recorded under "Technical details". */
export function CallStory({ entries, ...context }: StoryContext & { entries: Entry[] }) {
  const lengthMs = entries.at(-1)?.offset_ms ?? 0;
  return (
    <>
      <section aria-labelledby="story">
        <h2 id="story">{texts.story}</h2>
        <ol class="timeline">
          {grouped(entries).map((group) => (
            <StoryLine key={group[0].seq} group={group} context={context} lengthMs={lengthMs} />
          ))}
        </ol>
      </section>
      <details class="technical">
        <summary>{texts.technical}</summary>
        <ol>
          {entries.map(({ seq, at, kind, data }) => (
            <li key={seq}>
              <p>
                <code>{kind}</code> <time dateTime={at}>{formatExactInstant(at)}</time>
              </p>
              <pre>{spacedJson(data)}</pre>
            </li>
          ))}
        </ol>
      </details>
    </>
  );
}

type Group = [Entry, ...Entry[]];

/** Consecutive key presses share one line. */
function grouped(entries: Entry[]): Group[] {
  const groups: Group[] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (entry.kind === 'digit' && last?.[0].kind === 'digit') last.push(entry);
    else groups.push([entry]);
  }
  return groups;
}

function StoryLine({ group, context, lengthMs }: { group: Group; context: StoryContext; lengthMs: number }) {
  const [{ at, offset_ms: offsetMs, kind, data }] = group;
  const { kinds } = timelineTexts;
  return (
    <li class={[kind, moodOf(kind, data)].join(' ')}>
      <time dateTime={at} title={formatExactInstant(at)}>
        {formatOffset(offsetMs, lengthMs)}
      </time>
      <span class="what">{Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds] : kind}</span>
      <div class="said">
        {kind === 'digit' ? group.map((each) => String(each.data['digit'])).join(' ') : summaryOf(kind, data, context)}
      </div>
    </li>
  );
}

/** JSON on one line that can wrap between its fields. */
function spacedJson(value: unknown): string {
  return JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, ' ');
}
