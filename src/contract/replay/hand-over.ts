import { toE164 } from '../../directory/numbers.js';
import type { Directive, HandOverCall, HandOverContract } from '../../call-plan/hand-over-contract.js';
import { fail, pass, warn, type Verdict } from '../verify/sheet.js';
import { heard } from '../verify/hand-over/answer.js';
import { MISTYPED_REMEDY, mistypedFields } from '../unknown-fields.js';
import { hideNumbers } from '../verify/hide.js';
import { advance, flowOf, scalarText, factsOf, type Given, type RecordedFlow } from './hand-over-flow.js';
import { fieldsOf, type NamedFixture } from './read-fixtures.js';

export interface HandOverReplay {
  contract: HandOverContract;
  /** @param changes the company's changes to the profile */
  profile: unknown;
  country: string;
}

/** Whether the request reports the state of a call to a shop. */
export function isHandOver(fields: Record<string, unknown>): boolean {
  return 'caller_number' in fields && 'called_number' in fields && !('event' in fields) && !('event_id' in fields);
}

/**
 * Replays recorded hand-overs in order: whether the gateway understands the shop's response, and whether it would have sent the same
 * request as the recorded PBX.
 */
export class HandOverReplays {
  readonly #flows = new Map<string, RecordedFlow>();

  constructor(private readonly replay: HandOverReplay) {}

  judge({ fixture }: NamedFixture, given: Given): Verdict {
    const { contract, profile } = this.replay;
    const name = scalarText(given['call_id']) || scalarText(given['caller_number']);
    const flow = flowOf(this.#flows.get(name), given);
    const call = this.#callOf(flow, given);
    const differences = this.#differences(flow, call, given, fixture.request.headers['content-type'] ?? '');
    const answer = readable(fixture.answer);
    const directive = answer && !call.hangup ? contract.read(answer.status, answer.body, profile) : undefined;
    this.#flows.set(name, advance(flow, call, directive));
    const problem = answer && directive && problemOf(directive, answer.body);
    if (problem !== undefined) return problem;
    const mistyped = mistypedFields(Object.keys(directive?.echo ?? {}));
    if (mistyped.length > 0) return warn([...mistyped, ...differences].join('; '), MISTYPED_REMEDY);
    if (differences.length > 0) return warn(differences.join('; '), REMEDY);
    return pass(directive ? heard(directive) : 'the last request, or one without a response');
  }

  #callOf(flow: RecordedFlow, given: Given): HandOverCall {
    const { country } = this.replay;
    const e164 = (field: string) => toE164(scalarText(given[field]), country) ?? scalarText(given[field]);
    return {
      callId: scalarText(given['call_id']),
      step: flow.step + 1,
      callerNumber: e164('caller_number'),
      calledNumber: e164('called_number'),
      country,
      echo: flow.echo,
      ...factsOf(flow, given),
    };
  }

  /** Fields that our request changes, omits or adds. */
  #differences(flow: RecordedFlow, call: HandOverCall, given: Given, type: string): string[] {
    const { contentType, body } = this.replay.contract.request(call, this.replay.profile);
    const ours = fieldsOf({ method: 'POST', path: '/', headers: { 'content-type': contentType }, body }) ?? {};
    // Sent by this gateway only.
    if (!('call_id' in given)) delete ours['call_id'];
    if (!('step' in given)) delete ours['step'];
    const encoding =
      type.split(';')[0] === contentType ? [] : [`Content-Type is ${type || 'none'}, ours ${contentType}`];
    const ended = flow.ended ? ['the shop has ended the hand-over; the gateway sends no further request'] : [];
    return [...encoding, ...ended, ...compared(given, ours)];
  }
}

const REMEDY =
  'adjust the profile to send the same: numbers, encoding, identifiers, echo, results, rename (docs/hand-over.md)';

function readable(answer: NamedFixture['fixture']['answer']): { status: number; body: string } | undefined {
  return 'failed' in answer || typeof answer.body !== 'string' ? undefined : { ...answer, body: answer.body };
}

function compared(given: Given, ours: Record<string, unknown>): string[] {
  const names = [...new Set([...Object.keys(given), ...Object.keys(ours)])];
  return names.flatMap((name) => {
    if (!(name in ours)) return [`${name} is missing in ours`];
    if (!(name in given)) return [`${name} is only in ours`];
    if (typeof given[name] !== typeof ours[name])
      return [`${name} is a ${typeof given[name]}, ours a ${typeof ours[name]}`];
    return scalarText(given[name]) === scalarText(ours[name]) ? [] : [`${name} has another notation than ours`];
  });
}

function problemOf(directive: Directive, body: string): Verdict | undefined {
  if (directive.type === 'bad')
    return fail(`${directive.reason}: ${hideNumbers(body)}`, 'correct the response of the shop');
  if (directive.type === 'unknown')
    return fail(
      `the action ${hideNumbers(directive.action)} is unknown`,
      'report what it means; until then the plan continues after it',
    );
  return undefined;
}
