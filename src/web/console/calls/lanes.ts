import type { Entry } from './types.js';

export type LaneName = 'ring' | 'prompt' | 'keys' | 'shop' | 'queue' | 'talk';

/** A part of a call on its time axis, in milliseconds since its start. */
export interface Span {
  from: number;
  to: number;
  entry: Entry;
}

export type Lanes = Record<LaneName, Span[]>;

/** Entries that begin a span of a lane, and those that end it. */
const SPANS: Record<'ring' | 'queue' | 'talk', { begin: string[]; end: string[] }> = {
  ring: {
    begin: ['dial', 'queue_ringing'],
    end: ['dial_answered', 'talking', 'queue_answered', 'queue_left', 'unanswered', 'leg_over', 'ended'],
  },
  queue: { begin: ['queue_joined'], end: ['queue_answered', 'queue_left', 'ended'] },
  talk: { begin: ['talking', 'queue_answered'], end: ['leg_over', 'queue_left', 'hang_up', 'ended'] },
};

/** The course of a call: when it rang, what was played, pressed and asked, when it waited and talked. @param lengthMs of the call until now */
export function lanesOf(entries: Entry[], lengthMs: number): Lanes {
  return {
    ring: spansOf(entries, SPANS.ring, lengthMs),
    prompt: endingSpans(entries, ['prompt'], 'heard_ms'),
    keys: entries.filter(({ kind }) => kind === 'digit').map((entry) => pointOf(entry)),
    shop: endingSpans(entries, ['shop_answer', 'shop_no_answer'], 'latency_ms'),
    queue: spansOf(entries, SPANS.queue, lengthMs),
    talk: spansOf(entries, SPANS.talk, lengthMs),
  };
}

function spansOf(entries: Entry[], { begin, end }: { begin: string[]; end: string[] }, lengthMs: number): Span[] {
  const spans: Span[] = [];
  let open: Span | undefined;
  for (const entry of entries) {
    const at = entry.offset_ms;
    if (open !== undefined && end.includes(entry.kind)) {
      spans.push({ ...open, to: at });
      open = undefined;
    }
    if (open === undefined && begin.includes(entry.kind)) open = { from: at, to: lengthMs, entry };
  }
  return open === undefined ? spans : [...spans, open];
}

/** Entries that are written at the end of what they tell about, with its duration. */
function endingSpans(entries: Entry[], kinds: string[], duration: string): Span[] {
  return entries
    .filter(({ kind }) => kinds.includes(kind))
    .map((entry) => {
      const ms = Number(entry.data[duration] ?? 0);
      return { from: Math.max(0, entry.offset_ms - ms), to: entry.offset_ms, entry };
    });
}

function pointOf(entry: Entry): Span {
  return { from: entry.offset_ms, to: entry.offset_ms, entry };
}
