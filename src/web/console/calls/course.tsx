import { lanesOf, type LaneName, type Span } from './lanes.js';
import { describeSpan, formatOffset, percent } from './offset.js';
import { texts } from './texts.js';
import type { CallWithTimeline } from './types.js';
import { WaveLane, type Wave } from './wave.js';

/** Marks on the axis. */
const TICKS = 5;

/** The call as a drawn time axis, one row for each kind of event. The story says the same in words. */
export function CallCourse({ call, waves }: { call: CallWithTimeline; waves: readonly Wave[] }) {
  const end = call.ended_at === null ? Date.now() : Date.parse(call.ended_at);
  const last = call.timeline.at(-1)?.offset_ms ?? 0;
  const lengthMs = Math.max(1, last, end - Date.parse(call.started_at));
  const lanes = Object.entries(lanesOf(call.timeline, lengthMs)) as [LaneName, Span[]][];
  const used = lanes.filter(([, spans]) => spans.length > 0);
  if (used.length === 0) return null;
  return (
    <section aria-labelledby="course">
      <h2 id="course">{texts.course}</h2>
      <div class="course card">
        {used.map(([name, spans]) => (
          <div class="lane" key={name}>
            <span class="soft">{texts.lanes[name]}</span>
            <svg class={name} role="img" aria-label={describeSpans(name, spans, lengthMs)}>
              <line x1="0" x2="100%" y1="50%" y2="50%" />
              {spans.map(({ from, to, entry }) => (
                <rect
                  key={entry.seq}
                  x={percent(from, lengthMs)}
                  width={`max(3px, ${percent(to - from, lengthMs)})`}
                  y="20%"
                  height="60%"
                  rx="3"
                >
                  <title>{describeSpan({ from, to }, lengthMs)}</title>
                </rect>
              ))}
            </svg>
          </div>
        ))}
        {waves.length > 0 && <WaveLane waves={waves} lengthMs={lengthMs} />}
        <div class="lane ticks" aria-hidden="true">
          <span />
          <div>
            {Array.from({ length: TICKS }, (_, index) => (
              <span key={index}>{formatOffset((lengthMs * index) / (TICKS - 1), lengthMs)}</span>
            ))}
          </div>
        </div>
      </div>
    </section>
  );
}

function describeSpans(name: LaneName, spans: Span[], lengthMs: number): string {
  return `${texts.lanes[name]}: ${spans.map((span) => describeSpan(span, lengthMs)).join(', ')}`;
}
