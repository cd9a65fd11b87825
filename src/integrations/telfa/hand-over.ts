import { formatNumber } from '../../directory/numbers.js';
import { HAND_OVER_REQUEST_FIELDS, HAND_OVER_RESPONSE_FIELDS } from '../../lib/hand-over-fields.js';
import { parseUntrusted } from '../../lib/untrusted-json.js';
import type { Directive, Echo, HandOverCall, HandOverContract } from '../../call-plan/hand-over-contract.js';
import { telfaProfile, type TelfaProfile } from './profile.js';
import { compact } from '../../lib/compact.js';

/** Telfa's hand-over of control to a shop ("Předat řízení"): only its wire format. docs/hand-over.md. */

const MOST_ECHOED_KEYS = 20;
const MOST_ECHOED_BYTES = 2048;
/** Upper limit for the input timeout of a menu. */
const LONGEST_MENU_TIMEOUT_S = 60;
const MOST_DIGITS = 64;
const HIGHEST_PRIORITY = 100;

/** Fields of the contract are never echoed, so that a shop cannot overwrite the facts of a call. */
const RESERVED: ReadonlySet<string> = new Set([...HAND_OVER_REQUEST_FIELDS, ...HAND_OVER_RESPONSE_FIELDS]);

export const telfaHandOver: HandOverContract = {
  profile: (changes) => telfaProfile.parse(changes ?? {}),
  request: (call, profile) => encode(fieldsOf(call, profile as TelfaProfile), profile as TelfaProfile),
  read(status, body, profile) {
    if (status < 200 || status > 299) return bad(`the shop answered with status ${status}`);
    const text = body.replace(/^\uFEFF/, '').trim();
    if (text === '' || text === 'null') return { type: 'return', echo: {}, keep: false };
    const answer = parse(text);
    return answer === undefined ? bad('the answer is not a JSON object') : directiveOf(answer, profile as TelfaProfile);
  },
};

function fieldsOf(call: HandOverCall, profile: TelfaProfile): Record<string, string | number | boolean> {
  const number = (e164: string) => formatNumber(e164, profile.numbers, call.country);
  const { digits, bridgeResult } = profile.results === 'sticky' ? call : reportedResults(call);
  return compact({
    ...echoable(call.echo),
    // A call from a handset of ours has a name instead of a number.
    caller_number: /^\+?\d+$/.test(call.callerNumber) ? number(call.callerNumber) : profile.anonymous,
    called_number: number(call.calledNumber),
    received_digits: digits ?? undefined,
    hangup: call.hangup ? true : undefined,
    bridge_result: bridgeResult ?? undefined,
    call_result: bridgeResult ?? undefined,
    call_id: profile.identifiers ? call.callId : undefined,
    step: profile.identifiers ? call.step : undefined,
  });
}

/**
 * Digits and results are sent only in the next request, because a shop that branches on them would take old ones for new. The last request
 * also repeats the last digits and a successful transfer, by which shops bill.
 */
function reportedResults({
  digits,
  bridgeResult,
  fresh,
  hangup,
}: HandOverCall): Pick<HandOverCall, 'digits' | 'bridgeResult'> {
  const talked = hangup && bridgeResult === 'SUCCESS';
  return {
    digits: hangup || fresh === 'digits' ? digits : null,
    bridgeResult: talked || fresh === 'bridge_result' ? bridgeResult : null,
  };
}

function encode(
  fields: Record<string, string | number | boolean>,
  profile: TelfaProfile,
): { contentType: string; body: string } {
  const renamed = new Map(Object.entries(profile.rename));
  const named = Object.entries(fields).map(([name, value]) => [renamed.get(name) ?? name, value] as const);
  if (profile.encoding === 'json')
    return { contentType: 'application/json', body: JSON.stringify(Object.fromEntries(named)) };
  const form = new URLSearchParams(named.map(([name, value]): [string, string] => [name, String(value)]));
  return { contentType: 'application/x-www-form-urlencoded', body: form.toString() };
}

function parse(text: string): Record<string, unknown> | undefined {
  const value = parseUntrusted(text);
  // PHP encodes an empty object as an empty array.
  if (Array.isArray(value)) return value.length === 0 ? {} : undefined;
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

function directiveOf(raw: Record<string, unknown>, profile: TelfaProfile): Directive {
  const answer = Object.fromEntries(Object.entries(raw).map(([name, value]) => [originalName(name, profile), value]));
  const common = { echo: echoOf(answer), keep: profile.echo === 'sticky' };
  const action = answer['action'];
  if (action === undefined || action === null || action === '') return { type: 'return', ...common };
  switch (action) {
    case 'answer':
      return { type: 'answer', ...common };
    case 'play': {
      const prompt = whole(answer['recording_id']);
      return prompt === undefined
        ? bad('play without a recording_id that is a number')
        : { type: 'play', prompt, then: profile.after_play, ...common };
    }
    case 'menu': {
      const prompt = whole(answer['recording_id']);
      if (prompt === undefined) return bad('menu without a recording_id that is a number');
      const timeoutS = Math.min(positive(answer['menu_timeout']) ?? profile.menu_timeout_s, LONGEST_MENU_TIMEOUT_S);
      const max = Math.min(whole(answer['max']) ?? profile.menu_max, MOST_DIGITS);
      return { type: 'menu', prompt, timeoutMs: timeoutS * 1000, max, ...common };
    }
    case 'transfer_to_group': {
      const queue = whole(answer['call_group_id']);
      if (queue === undefined) return bad('transfer_to_group without a call_group_id that is a number');
      const prompt = whole(answer['group_transfer_recording_id']) ?? null;
      return {
        type: 'transfer',
        queue: String(queue),
        prompt,
        waitsForBusy: isTrue(answer['group_continue_busy']),
        showCaller: !isTrue(answer['skip_caller_id_transfer']),
        priority: Math.min(whole(answer['group_priority']) ?? 0, HIGHEST_PRIORITY),
        ...common,
      };
    }
    case 'hangup':
      return { type: profile.hangup_means === 'return' ? 'return' : 'hang_up', ...common };
    case 'return':
      return { type: 'return', ...common };
    default:
      return {
        type: 'unknown',
        action: (typeof action === 'string' ? action : JSON.stringify(action)).slice(0, 80),
        ...common,
      };
  }
}

function originalName(name: string, profile: TelfaProfile): string {
  return Object.entries(profile.rename).find(([, renamed]) => renamed === name)?.[0] ?? name;
}

/** The shop's own keys of an answer, sent back with the next request. */
function echoOf(answer: Record<string, unknown>): Echo {
  const scalars = Object.entries(answer).filter(
    (entry): entry is [string, string | number | boolean] =>
      !RESERVED.has(entry[0]) && ['string', 'number', 'boolean'].includes(typeof entry[1]),
  );
  return Object.fromEntries(scalars);
}

/** Limits the echo; excess keys are dropped, the first ones stay. */
function echoable(echo: Echo): Echo {
  let bytes = 0;
  const kept = Object.entries(echo)
    .filter(([name]) => !RESERVED.has(name))
    .slice(0, MOST_ECHOED_KEYS)
    .filter(
      ([name, value]) => (bytes += Buffer.byteLength(name) + Buffer.byteLength(String(value))) <= MOST_ECHOED_BYTES,
    );
  return Object.fromEntries(kept);
}

/** Telfa's values are usually strings; numbers are accepted too. */
function whole(value: unknown): number | undefined {
  const number = positive(value);
  return number !== undefined && Number.isSafeInteger(number) ? number : undefined;
}

function positive(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const number = typeof value === 'number' ? value : /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : NaN;
  return Number.isFinite(number) && number > 0 ? number : undefined;
}

function isTrue(value: unknown): boolean {
  return value === true || value === 1 || value === '1' || value === 'true';
}

function bad(reason: string): Directive {
  return { type: 'bad', reason, echo: {}, keep: false };
}
