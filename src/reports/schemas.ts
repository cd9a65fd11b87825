import { z } from 'zod';
import { callOutcomes } from '../telephony/call-outcome.js';
import { LONGER, percentile } from './buckets.js';
import type { ReportName } from './contributions.js';
import type { ReportRow } from './reader.js';

const P90 = 0.9;

const count = z.number().int();
const sumMs = z.number().int().describe('Sum in milliseconds');
const averageMs = z.number().int().nullable().describe('Average in milliseconds; null when there is none');
const p90Ms = z
  .number()
  .int()
  .nullable()
  .describe(
    '90 % are at most this long: an upper edge of the groups in which durations are counted; null when there is none',
  );
const group = z
  .string()
  .describe(
    'By `by`: the hour 00 to 23, the day, the weekday 1 (Monday) to 7, or weekday and hour, in the company’s time zone',
  )
  .meta({ examples: ['2026-11-21', '09', '1', '1-09'] });
const key = (description: string, example: string) =>
  z
    .string()
    .describe(description)
    .meta({ examples: [example] });

const outcomes = z.object(
  Object.fromEntries(callOutcomes.map((name) => [name, count])) as Record<(typeof callOutcomes)[number], typeof count>,
);
const callRow = outcomes.extend({
  group,
  calls: count.describe('All of them'),
  service_level: z
    .number()
    .nullable()
    .describe(
      'Share answered within `within` seconds, of all that waited: answered, lost, unanswered, busy, unreachable',
    ),
  waited_average_ms: averageMs.describe('Of answered calls'),
  waited_p90_ms: p90Ms,
  lost_after_average_ms: averageMs.describe('How long lost callers waited'),
  lost_after_p90_ms: p90Ms,
  talk_ms: sumMs,
});
type CallRow = z.output<typeof callRow>;

export const rowSchemas = {
  calls: callRow.extend({ key: key('incoming or outgoing', 'incoming') }),
  queues: callRow.extend({ key: key('Id of the queue', '12') }),
  lines: callRow.extend({ key: key('Number of the line', '+420222333444') }),
  agents: z.object({
    group,
    key: key('Name of the handset', 'sales'),
    answered: count,
    unanswered: count.describe('Outgoing calls of the handset without an answer'),
    talk_ms: sumMs,
    talk_average_ms: averageMs,
    waited_average_ms: averageMs.describe('How long its callers waited'),
    wrap_up_ms: sumMs.describe('Wrap-up times of the queues after its talks, by their settings when the talks ended'),
    pause_ms: sumMs.describe('Time in which it was paused in a queue'),
  }),
  menus: z.object({
    group,
    key: key('Place of the menu in the plan', 'lines/+420222333444/plan/1'),
    entered: count,
    keys: z
      .record(z.string(), count)
      .describe('How often each key was chosen')
      .meta({ examples: [{ 1: 20, 9: 7 }] }),
    timeouts: count.describe('Questions without a key'),
    gave_up: count.describe('Callers who hung up before they chose a key'),
    name: z
      .string()
      .nullable()
      .describe('Line or part, keys and prompts of the menu, as the plans are now; null when they no longer have it')
      .meta({ examples: ['Customer line › Main menu'] }),
  }),
  notifications: z.object({
    group,
    key: key('Status of the order', 'driver_arrived'),
    finished: count,
    attempts: count.describe('Calls made'),
    results: z
      .record(z.string(), count)
      .describe('Notifications by result')
      .meta({ examples: [{ delivered: 12 }] }),
  }),
  shop: z.object({
    group,
    key: key('Host of the application', 'shop.example'),
    requests: count,
    answered: count,
    errors: count.describe('Answers with a status of 400 or more'),
    no_answer: count,
    latency_average_ms: averageMs,
    latency_p90_ms: p90Ms,
  }),
  quality: z.object({
    group,
    key: key(
      '`handset/` and the name of a handset, `trunk/` and that of another SIP endpoint, or `line/` and the number of a line',
      'handset/sales',
    ),
    legs: count.describe('Legs of calls whose audio was measured'),
    good: count,
    fair: count.describe('Some people would complain'),
    poor: count.describe('Many people would complain'),
    poor_share: z.number().nullable().describe('Share of poor ones, 0 to 1; null when there is none'),
    mos_average: z.number().nullable().describe('Estimated mean opinion score, 1 to 4.5 (E-model of ITU-T G.107)'),
    lost_share: z.number().nullable().describe('Lost packets in the worse direction, 0 to 1'),
    jitter_average_ms: averageMs.describe('In the worse direction'),
    round_trip_average_ms: averageMs.describe('Of the legs whose phone reports it'),
  }),
} satisfies Record<ReportName, z.ZodType>;

export type Rows = { [R in ReportName]: z.output<(typeof rowSchemas)[R]> };

interface Presentation {
  /** Of the service level. */
  withinMs: number;
  /** The name of a menu by its place. */
  menuName: (place: string) => string | undefined;
}

/** Present the sums of each report. */
export const presenters: { [R in ReportName]: (row: ReportRow, presentation: Presentation) => Rows[R] } = {
  calls: presentCalls,
  queues: presentCalls,
  lines: presentCalls,
  agents: ({ group: name, key: handset, sums }) => {
    const sum = (measure: string) => sums.get(measure) ?? 0;
    return {
      group: name,
      key: handset,
      answered: sum('answered'),
      unanswered: sum('unanswered') + sum('busy') + sum('unreachable'),
      talk_ms: sum('talk'),
      talk_average_ms: average(sum('talk'), sum('answered')),
      waited_average_ms: average(sum('waited'), sum('answered')),
      wrap_up_ms: sum('wrap_up'),
      pause_ms: sum('pause'),
    };
  },
  menus: ({ group: name, key: place, sums }, { menuName }) => ({
    group: name,
    key: place,
    name: menuName(place) ?? null,
    entered: sums.get('entered') ?? 0,
    keys: withPrefix(sums, 'key:'),
    timeouts: sums.get('timeout') ?? 0,
    gave_up: sums.get('gave_up') ?? 0,
  }),
  notifications: ({ group: name, key: status, sums }) => {
    const results = withPrefix(sums, 'result:');
    const finished = Object.values(results).reduce((total, value) => total + value, 0);
    return { group: name, key: status, finished, attempts: sums.get('attempts') ?? 0, results };
  },
  shop: ({ group: name, key: host, sums, counts }) => {
    const [answered, errors, noAnswer] = ['answered', 'errors', 'no_answer'].map(
      (measure) => sums.get(measure) ?? 0,
    ) as [number, number, number];
    return {
      group: name,
      key: host,
      requests: answered + errors + noAnswer,
      answered,
      errors,
      no_answer: noAnswer,
      latency_average_ms: average(sums.get('latency') ?? 0, answered + errors),
      latency_p90_ms: p90(counts.get('latencies')),
    };
  },
  quality: ({ group: name, key: leg, sums }) => {
    const sum = (measure: string) => sums.get(measure) ?? 0;
    const [good, fair, poor] = [sum('good'), sum('fair'), sum('poor')];
    const legs = good + fair + poor;
    const averageOf = (measure: string, unit: number) => (legs === 0 ? null : sum(measure) / unit / legs);
    return {
      group: name,
      key: leg,
      legs,
      good,
      fair,
      poor,
      poor_share: averageOf('poor', 1),
      mos_average: averageOf('mos_hundredths', 100),
      lost_share: averageOf('lost_permyriad', 10_000),
      jitter_average_ms: average(sum('jitter'), legs),
      round_trip_average_ms: average(sum('round_trip'), sum('round_trips')),
    };
  },
};

function presentCalls(
  { group: name, key: value, sums, counts }: ReportRow,
  { withinMs }: Presentation,
): CallRow & { key: string } {
  const byOutcome = Object.fromEntries(callOutcomes.map((each) => [each, sums.get(each) ?? 0])) as z.output<
    typeof outcomes
  >;
  const answeredWaits = counts.get('answered_waits') ?? new Map<number, number>();
  const lostWaits = counts.get('lost_waits') ?? new Map<number, number>();
  const waited = total(answeredWaits);
  const missed = byOutcome.lost + byOutcome.unanswered + byOutcome.busy + byOutcome.unreachable;
  const inTime = [...answeredWaits].reduce((sum, [edge, many]) => (edge <= withinMs ? sum + many : sum), 0);
  return {
    group: name,
    key: value,
    calls: Object.values(byOutcome).reduce((sum, many) => sum + many, 0),
    ...byOutcome,
    service_level: waited + missed === 0 ? null : inTime / (waited + missed),
    waited_average_ms: average(sums.get('answered_waited') ?? 0, waited),
    waited_p90_ms: p90(answeredWaits),
    lost_after_average_ms: average(sums.get('lost_waited') ?? 0, total(lostWaits)),
    lost_after_p90_ms: p90(lostWaits),
    talk_ms: sums.get('talk') ?? 0,
  };
}

/** The longest durations have no edge: null as well. */
function p90(counts: ReadonlyMap<number, number> = new Map()): number | null {
  const edge = percentile(counts, P90);
  return edge === LONGER ? null : edge;
}

function average(sum: number, many: number): number | null {
  return many === 0 ? null : Math.round(sum / many);
}

function total(counts: ReadonlyMap<number, number>): number {
  return [...counts.values()].reduce((sum, many) => sum + many, 0);
}

function withPrefix(sums: ReadonlyMap<string, number>, prefix: string): Record<string, number> {
  const found = [...sums].filter(([measure]) => measure.startsWith(prefix));
  return Object.fromEntries(found.map(([measure, value]) => [measure.slice(prefix.length), value]));
}
