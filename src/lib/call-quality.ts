/**
 * How well people understand each other over a network, by the E-model of ITU-T G.107 with its default values: only delay and lost
 * packets are measured, so that R = 93.2 - Id - Ie,eff. Id is approximated as in Cole and Rosenbluth, "Voice over IP performance
 * monitoring" (2001). Codec: G.711 with concealment of losses, Ie = 0 and Bpl = 25.1 (ITU-T G.113, appendix I).
 */

const R_WITHOUT_LOSS = 93.2;
const CODEC_IMPAIRMENT = 0;
const LOSS_ROBUSTNESS = 25.1;
/** Packets of 20 ms, and the look-ahead of the receiver. */
const PACKET_MS = 20;
/** A receiver's buffer holds about so many times the jitter. */
const BUFFER_PER_JITTER = 2;
/** One-way delay that people begin to notice. */
const NOTICED_DELAY_MS = 177.3;
/** Lowest R of each grade: below 80 some people complain, below 70 many (ITU-T G.107, annex B). */
const [LEAST_GOOD_R, LEAST_FAIR_R] = [80, 70];

/** What one direction of a call is like. */
export interface Transport {
  /** Lost packets of all packets, 0 to 1. */
  lostShare: number;
  /** Interarrival jitter of RFC 3550. */
  jitterMs: number;
  /** Of both directions together; undefined: not known, counted as 0. */
  roundTripMs: number | undefined;
}

export const callGrades = ['good', 'fair', 'poor'] as const;
export type CallGrade = (typeof callGrades)[number];

/** The transmission rating of the E-model, 0 to 93.2. */
export function ratingOf({ lostShare, jitterMs, roundTripMs = 0 }: Transport): number {
  const delayMs = roundTripMs / 2 + PACKET_MS + BUFFER_PER_JITTER * jitterMs;
  const ofDelay = 0.024 * delayMs + 0.11 * Math.max(0, delayMs - NOTICED_DELAY_MS);
  const lostPercent = 100 * Math.min(1, Math.max(0, lostShare));
  const ofLoss = CODEC_IMPAIRMENT + (95 - CODEC_IMPAIRMENT) * (lostPercent / (lostPercent + LOSS_ROBUSTNESS));
  return Math.max(0, R_WITHOUT_LOSS - ofDelay - ofLoss);
}

/** The mean opinion score, 1 (worst) to 4.5, of a rating (ITU-T G.107, annex B). */
export function mosOf(rating: number): number {
  if (rating <= 0) return 1;
  if (rating >= 100) return 4.5;
  return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6);
}

export function gradeOf(rating: number): CallGrade {
  return rating >= LEAST_GOOD_R ? 'good' : rating >= LEAST_FAIR_R ? 'fair' : 'poor';
}
