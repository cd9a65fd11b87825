import type { Directive, Echo, Fresh, HandOverCall } from '../../call-plan/hand-over-contract.js';

/** Fields of a recorded request. */
export type Given = Readonly<Record<string, unknown>>;

/** The state of a recorded hand-over, from which its next request follows. */
export interface RecordedFlow {
  /** Number of requests so far. */
  step: number;
  echo: Echo;
  /** The shop's last directive; null before the first; `unknown` also when the recording starts in the middle. */
  after: Directive['type'] | null;
  digits: string | null;
  bridgeResult: string | null;
  /** The shop ended the hand-over, or received its last request. */
  ended: boolean;
  /** The state before the last request. */
  before?: RecordedFlow;
}

type ReportedFacts = Pick<HandOverCall, 'digits' | 'bridgeResult' | 'fresh' | 'hangup'>;

const RESULTS = new Set(['SUCCESS', 'USER_BUSY', 'NO_ANSWER', 'USER_NOT_REGISTERED']);
const BEGINNING: RecordedFlow = { step: 0, echo: {}, after: null, digits: null, bridgeResult: null, ended: false };

/** The state that a request continues, or that of a new hand-over. */
export function flowOf(known: RecordedFlow | undefined, given: Given): RecordedFlow {
  const step = typeof given['step'] === 'number' ? given['step'] : undefined;
  const isLast = given['hangup'] !== undefined;
  if (known === undefined || (known.ended && !isLast))
    return step === 1 || begins(given) ? beginning(step) : middle(step);
  if (step !== undefined) {
    if (step === 1 && known.step > 1) return BEGINNING;
    // The same request was repeated.
    if (step === known.step && known.before !== undefined) return known.before;
    // After a restart the gateway skips steps.
    return { ...known, step: Math.max(known.step, step - 1) };
  }
  return given['call_id'] === undefined && begins(given) && isOther(known, given) ? BEGINNING : known;
}

/**
 * The fields of our own request in place of the recorded one. What happens outside of both systems (typed digits, the transfer's result,
 * the hang-up) is read from the recording, where the state allows it.
 */
export function factsOf(flow: RecordedFlow, given: Given): ReportedFacts {
  const { after, digits, bridgeResult } = flow;
  const hangup = given['hangup'] !== undefined;
  const result = scalarText(given['bridge_result']);
  if (after === 'unknown') return { ...recorded(given), hangup };
  if (after === 'menu') return { digits: scalarText(given['received_digits']), bridgeResult, fresh: 'digits', hangup };
  if (after !== 'transfer') return { digits, bridgeResult, fresh: null, hangup };
  // A caller who hangs up while waiting has no result; after a talk there is one.
  if (hangup) return { digits, bridgeResult: result === 'SUCCESS' ? result : bridgeResult, fresh: null, hangup };
  return { digits, bridgeResult: RESULTS.has(result) ? result : 'NO_ANSWER', fresh: 'bridge_result', hangup };
}

export function advance(flow: RecordedFlow, facts: ReportedFacts, directive: Directive | undefined): RecordedFlow {
  const { digits, bridgeResult, hangup } = facts;
  const next = { ...flow, step: flow.step + 1, digits, bridgeResult, before: { ...flow } };
  delete next.before.before;
  if (directive === undefined) return { ...next, ended: next.ended || hangup };
  const echo = directive.keep ? { ...flow.echo, ...directive.echo } : directive.echo;
  const ended = directive.type === 'return' || directive.type === 'hang_up';
  return { ...next, echo, after: directive.type, ended };
}

function begins(given: Given): boolean {
  return ['received_digits', 'bridge_result', 'hangup'].every((name) => given[name] === undefined);
}

/** Without an id of the call: a request that does not continue the last one belongs to another call. */
function isOther({ after, echo }: RecordedFlow, given: Given): boolean {
  const names = Object.keys(echo);
  if (names.some((name) => name in given)) return false;
  return names.length > 0 || after === 'menu' || after === 'transfer';
}

/** A second hand-over of the same call continues the steps of the first. */
function beginning(step = 1): RecordedFlow {
  return { ...BEGINNING, step: step - 1 };
}

function middle(step: number | undefined): RecordedFlow {
  return { ...BEGINNING, step: step === undefined ? 0 : step - 1, after: 'unknown' };
}

function recorded(given: Given): Pick<ReportedFacts, 'digits' | 'bridgeResult' | 'fresh'> {
  const [digits, bridgeResult] = [given['received_digits'], given['bridge_result']];
  const fresh: Fresh | null = bridgeResult !== undefined ? 'bridge_result' : digits !== undefined ? 'digits' : null;
  return {
    digits: digits === undefined ? null : scalarText(digits),
    bridgeResult: bridgeResult === undefined ? null : scalarText(bridgeResult),
    fresh,
  };
}

export function scalarText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
