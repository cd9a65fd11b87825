import { z } from 'zod';
import type { CallRecord, TimelineEntry } from './reader.js';

/** A recorded call as input of the simulator, and what happened in it. `cordboard simulate FILE --call` reads it. */
export const callFixture = z.object({
  format: z.literal(1),
  request: z.object({
    line: z.string(),
    keys: z.string().describe('Groups of keys, one for each question: `9,1001#`'),
    at: z.string().describe('When the call arrived, ISO 8601'),
    caller: z.string(),
    stub: z.array(z.unknown()).describe('The responses of the shop, in order'),
  }),
  course: z
    .array(z.object({ kind: z.string(), data: z.record(z.string(), z.unknown()) }))
    .describe('What the plan did, until it passed the call to people'),
});
export type CallFixture = z.output<typeof callFixture>;
export type CourseStep = CallFixture['course'][number];

type Entry = Pick<TimelineEntry, 'kind' | 'data'>;

/** Only a call of a plan that somebody made to a line can be repeated. */
export function isReplayable({ kind, summary }: Pick<CallRecord, 'kind' | 'summary'>): boolean {
  return kind === 'plan' && summary.direction === 'incoming';
}

export function fixtureOf({ summary }: Pick<CallRecord, 'summary'>, timeline: readonly Entry[]): CallFixture {
  return {
    format: 1,
    request: {
      line: summary.line,
      keys: keysOf(timeline),
      at: new Date(summary.startedAt).toISOString(),
      caller: summary.caller,
      stub: responsesOf(timeline),
    },
    course: courseOf(timeline),
  };
}

/** What is compared of each kind of entry: the decisions of the plan, without durations and places that depend on the moment. */
const COMPARED: Record<string, readonly string[]> = {
  action: ['action'],
  prompt: ['prompts'],
  hours: ['open'],
  shop_request: ['url'],
  queued: ['queue', 'label'],
  dial: ['to'],
  hang_up: ['by'],
};
/** From here on people decide: who answers, how long somebody waits. */
const UNTIL = ['queued', 'dial'];

/** The decisions of the plan in order, up to the first that passes the call to people. */
export function courseOf(timeline: readonly Entry[]): CourseStep[] {
  const course: CourseStep[] = [];
  for (const { kind, data } of timeline) {
    const compared = COMPARED[kind];
    if (compared === undefined) continue;
    course.push({ kind, data: Object.fromEntries(compared.map((name) => [name, data[name]])) });
    if (UNTIL.includes(kind)) break;
  }
  return course;
}

/**
 * The index of the first step that differs; null when none does. A caller who hung up ended the recorded call, and the simulated one
 * goes on.
 */
export function firstDifference(
  recorded: readonly CourseStep[],
  now: readonly CourseStep[],
  hungUp: boolean,
): number | null {
  const length = hungUp ? recorded.length : Math.max(recorded.length, now.length);
  for (let index = 0; index < length; index += 1)
    if (JSON.stringify(recorded[index]) !== JSON.stringify(now[index])) return index;
  return null;
}

/** Whether the caller ended the call before the plan did. */
export function hungUpIn(course: readonly CourseStep[]): boolean {
  const last = course.at(-1);
  return last !== undefined && last.kind !== 'hang_up' && !UNTIL.includes(last.kind);
}

/** One group of keys for each question that the call asked. */
function keysOf(timeline: readonly Entry[]): string {
  return timeline
    .filter(({ kind, data }) => kind === 'input' && data['ended'] !== 'no_prompt')
    .map(({ data: { digits, ended } }) => `${typeof digits === 'string' ? digits : ''}${ended === 'hash' ? '#' : ''}`)
    .join(',');
}

/** The responses of the shop with their delays, so that a filler prompt is played as it was. One for each request. */
function responsesOf(timeline: readonly Entry[]): unknown[] {
  const responses: unknown[] = [];
  for (const { kind, data } of timeline) {
    const delay = `${typeof data['latency_ms'] === 'number' ? Math.round(data['latency_ms']) : 0}ms`;
    if (kind === 'shop_request') responses.push({ status: 504, delay, body: '' });
    if (kind === 'shop_answer') responses[responses.length - 1] = { status: data['status'], delay, body: data['body'] };
    if (kind === 'shop_no_answer') responses[responses.length - 1] = { status: 504, delay, body: '' };
  }
  return responses;
}
