import { gradeOf, mosOf, ratingOf, type CallGrade } from '../lib/call-quality.js';
import { SECOND_MS } from '../lib/time.js';

/** What Asterisk counted of the audio of a channel, from its begin to its end. */
export interface MediaStatistics {
  /** Audio of the party, as Asterisk received it. */
  received: MediaDirection;
  /** Audio of Asterisk, as the party received it; undefined when the party sends no RTCP reports. */
  sent: MediaDirection | undefined;
  /** The latest round trip; undefined without reports of the party. */
  roundTripMs: number | undefined;
}

interface MediaDirection {
  packets: number;
  /** Lost packets of all, 0 to 1. */
  lostShare: number;
  /** Average of the interarrival jitter. */
  jitterMs: number;
}

/** Channel variables that Asterisk sets when a channel hangs up (manager.conf: `channelvars`). */
const [TOTALS, JITTER] = ['RTPAUDIOQOS', 'RTPAUDIOQOSJITTER'];
/** More lost packets than this are a counter below zero: packets that came twice. */
const MOST_LOST = 2 ** 31;

/**
 * Reads the variables of a hang-up. Lost packets are those until the last RTCP report, which Asterisk sends every 5 s: the share of a
 * talk of a few seconds is too low. Undefined for a channel without audio of its own, and where Asterisk does not report them.
 *
 * In RTPAUDIOQOS: `lp` and `rxcount` are lost and received packets, `rlp` and `txcount` those that were sent, `rtt` seconds. In
 * RTPAUDIOQOSJITTER: `avgrxjitter` is measured by Asterisk, `avgtxjitter` reported by the party, both in seconds.
 */
export function mediaStatisticsOf(variables: Readonly<Record<string, unknown>>): MediaStatistics | undefined {
  const totals = fieldsOf(variables[TOTALS]);
  const jitter = fieldsOf(variables[JITTER]);
  const [received, sent] = [totals.get('rxcount') ?? 0, totals.get('txcount') ?? 0];
  if (received === 0 && sent === 0) return undefined;
  const lost = lostOf(totals.get('lp'));
  const reportedLost = lostOf(totals.get('rlp'));
  const roundTripMs = (totals.get('rtt') ?? 0) * SECOND_MS;
  const reportedJitterMs = (jitter.get('avgtxjitter') ?? 0) * SECOND_MS;
  const hasReports = roundTripMs > 0 || reportedLost > 0 || reportedJitterMs > 0;
  return {
    received: {
      packets: received,
      lostShare: shareOf(lost, received + lost),
      jitterMs: (jitter.get('avgrxjitter') ?? 0) * SECOND_MS,
    },
    sent: hasReports
      ? { packets: sent, lostShare: shareOf(reportedLost, sent), jitterMs: reportedJitterMs }
      : undefined,
    roundTripMs: hasReports ? roundTripMs : undefined,
  };
}

/** The grade and the mean opinion score of the worse direction. */
export function assess({ received, sent, roundTripMs }: MediaStatistics): { grade: CallGrade; mos: number } {
  const directions = sent === undefined ? [received] : [received, sent];
  const rating = Math.min(...directions.map((direction) => ratingOf({ ...direction, roundTripMs })));
  return { grade: gradeOf(rating), mos: mosOf(rating) };
}

/** The endpoint of a PJSIP channel by its name, such as `eva` of `PJSIP/eva-0000002a`; undefined for other channels. */
export function endpointOfChannel(name: string): string | undefined {
  return /^PJSIP\/(.+)-[0-9a-f]+$/.exec(name)?.[1];
}

/** `a=1;b=2.5;` */
function fieldsOf(text: unknown): ReadonlyMap<string, number> {
  if (typeof text !== 'string') return new Map();
  const pairs = text.split(';').map((pair) => pair.split('=').map((part) => part.trim()));
  return new Map(pairs.map(([name = '', value = '']) => [name, Number(value) || 0]));
}

function lostOf(counter = 0): number {
  return counter > 0 && counter < MOST_LOST ? counter : 0;
}

function shareOf(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.min(1, part / whole);
}
