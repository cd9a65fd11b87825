import { toE164 } from '../../directory/numbers.js';
import type { Directive, HandOverCall, HandOverContract } from '../../call-plan/hand-over-contract.js';
import { fail, pass, warn, type Verdict } from '../verify/sheet.js';
import { heard } from '../verify/hand-over/answer.js';
import { hideNumbers } from '../verify/hide.js';
import { advance, flowOf, text, toldBy, type Given, type RecordedFlow } from './hand-over-flow.js';
import { fieldsOf, type NamedFixture } from './read-fixtures.js';

export interface HandOverReplay {
  contract: HandOverContract;
  /** @param changes of the profile */
  profile: unknown;
  country: string;
}

/** True for a request in which a PBX tells a shop how a call stands. */
export function isHandOver(fields: Record<string, unknown>): boolean {
  return 'caller_number' in fields && 'called_number' in fields && !('event' in fields) && !('event_id' in fields);
}

/**
 * Recorded hand-overs, looked at one after another: do we understand the shop's answer, and would we have asked the very same
 * in the place of the recorded PBX?
 */
export class HandOverReplays {
  readonly #flows = new Map<string, RecordedFlow>();

  constructor(private readonly replay: HandOverReplay) {}

  judge({ fixture }: NamedFixture, given: Given): Verdict {
    const { contract, profile } = this.replay;
    const name = text(given['call_id']) || text(given['caller_number']);
    const flow = flowOf(this.#flows.get(name), given);
    const call = this.#callOf(flow, given);
    const differences = this.#differences(flow, call, given, fixture.request.headers['content-type'] ?? '');
    const answer = readable(fixture.answer);
    const directive = answer && !call.hangup ? contract.read(answer.status, answer.body, profile) : undefined;
    this.#flows.set(name, advance(flow, call, directive));
    const problem = answer && directive && problemOf(directive, answer.body);
    if (problem !== undefined) return problem;
    if (differences.length > 0) return warn(differences.join('; '), REMEDY);
    return pass(directive ? heard(directive) : 'the last request, or one without an answer');
  }

  #callOf(flow: RecordedFlow, given: Given): HandOverCall {
    const { country } = this.replay;
    const e164 = (field: string) => toE164(text(given[field]), country) ?? text(given[field]);
    return {
      callId: text(given['call_id']),
      step: flow.step + 1,
      callerNumber: e164('caller_number'),
      calledNumber: e164('called_number'),
      country,
      echo: flow.echo,
      ...toldBy(flow, given),
    };
  }

  /** Fields that we would send otherwise, leave out or add. */
  #differences(flow: RecordedFlow, call: HandOverCall, given: Given, type: string): string[] {
    const { contentType, body } = this.replay.contract.request(call, this.replay.profile);
    const ours = fieldsOf({ method: 'POST', path: '/', headers: { 'content-type': contentType }, body }) ?? {};
    // Ours alone, and told by no other PBX.
    if (!('call_id' in given)) delete ours['call_id'];
    if (!('step' in given)) delete ours['step'];
    const encoding =
      type.split(';')[0] === contentType ? [] : [`Content-Type is ${type || 'none'}, ours ${contentType}`];
    const ended = flow.ended ? ['we send no request after the shop has ended the hand-over'] : [];
    return [...encoding, ...ended, ...compared(given, ours)];
  }
}

const REMEDY =
  'set the profile so that we ask the same: numbers, encoding, identifiers, echo, results, rename (docs/hand-over.md)';

function readable(answer: NamedFixture['fixture']['answer']): { status: number; body: string } | undefined {
  return 'failed' in answer || typeof answer.body !== 'string' ? undefined : { ...answer, body: answer.body };
}

function compared(given: Given, ours: Record<string, unknown>): string[] {
  const names = [...new Set([...Object.keys(given), ...Object.keys(ours)])];
  return names.flatMap((name) => {
    if (!(name in ours)) return [`${name} is there, and not in ours`];
    if (!(name in given)) return [`${name} is only in ours`];
    if (typeof given[name] !== typeof ours[name])
      return [`${name} is a ${typeof given[name]}, ours a ${typeof ours[name]}`];
    return text(given[name]) === text(ours[name]) ? [] : [`${name} is written in another way than ours`];
  });
}

function problemOf(directive: Directive, body: string): Verdict | undefined {
  if (directive.type === 'bad')
    return fail(`${directive.reason}: ${hideNumbers(body)}`, 'the shop answered so: correct it there');
  if (directive.type === 'unknown')
    return fail(
      `the action ${hideNumbers(directive.action)} is not known`,
      'tell us what it means; until then the plan goes on after it',
    );
  return undefined;
}
