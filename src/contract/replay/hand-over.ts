import { toE164 } from '../../directory/numbers.js';
import type { Directive, Echo, HandOverCall, HandOverContract } from '../../plan/hand-over-contract.js';
import { fail, pass, warn, type Verdict } from '../verify/sheet.js';
import { heard } from '../verify/hand-over/answer.js';
import { hideNumbers } from '../verify/hide.js';
import { fieldsOf, type NamedFixture } from './read-fixtures.js';

export interface HandOverReplay {
  contract: HandOverContract;
  /** @param changes of the profile */
  profile: unknown;
  country: string;
}

/** What a hand-over under way has come to: from it the next request is foretold. */
interface Flow {
  step: number;
  echo: Echo;
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
  readonly #flows = new Map<string, Flow>();

  constructor(private readonly replay: HandOverReplay) {}

  judge({ fixture }: NamedFixture, given: Record<string, unknown>): Verdict {
    const { contract, profile } = this.replay;
    const call = text(given['call_id']) || text(given['caller_number']);
    const flow = this.#flowOf(call, given);
    const differences = this.#differences(flow, given, fixture.request.headers['content-type'] ?? '');
    const read = this.#answer(fixture.answer);
    if (read === undefined) return pass('the last request, or one without an answer');
    const directive = given['hangup'] === undefined ? contract.read(read.status, read.body, profile) : undefined;
    if (directive !== undefined) this.#next(call, flow, directive);
    const problem = directive && problemOf(directive, read.body);
    if (problem !== undefined) return problem;
    return differences.length === 0
      ? pass(directive ? heard(directive) : 'the last request')
      : warn(
          differences.join('; '),
          'set the profile so that we ask the same: numbers, encoding, identifiers, echo, rename (docs/hand-over.md)',
        );
  }

  #flowOf(call: string, given: Record<string, unknown>): Flow {
    const known = this.#flows.get(call);
    const begins = given['received_digits'] === undefined && given['bridge_result'] === undefined;
    const goesOn = known !== undefined && (!begins || Object.keys(known.echo).some((name) => name in given));
    if (goesOn || (known !== undefined && known.step > 0 && given['hangup'] !== undefined)) return known;
    return { step: 0, echo: {} };
  }

  #next(call: string, { step, echo }: Flow, directive: Directive): void {
    if (directive.do === 'return' || directive.do === 'hang_up') this.#flows.delete(call);
    else
      this.#flows.set(call, { step: step + 1, echo: directive.keep ? { ...echo, ...directive.echo } : directive.echo });
  }

  #answer(answer: NamedFixture['fixture']['answer']): { status: number; body: string } | undefined {
    return 'failed' in answer || typeof answer.body !== 'string' ? undefined : { ...answer, body: answer.body };
  }

  /** Fields that we would send otherwise, leave out or add. */
  #differences(flow: Flow, given: Record<string, unknown>, type: string): string[] {
    const { contract, profile, country } = this.replay;
    const e164 = (field: string) => toE164(text(given[field]), country) ?? text(given[field]);
    const call: HandOverCall = {
      callId: text(given['call_id']),
      step: flow.step + 1,
      callerNumber: e164('caller_number'),
      calledNumber: e164('called_number'),
      country,
      digits: given['received_digits'] === undefined ? null : text(given['received_digits']),
      hangup: given['hangup'] !== undefined,
      bridgeResult: given['bridge_result'] === undefined ? null : text(given['bridge_result']),
      echo: flow.echo,
    };
    const { contentType, body } = contract.request(call, profile);
    const ours = fieldsOf({ method: 'POST', path: '/', headers: { 'content-type': contentType }, body }) ?? {};
    // Ours alone, and told by no other PBX.
    if (!('call_id' in given)) delete ours['call_id'];
    if (!('step' in given)) delete ours['step'];
    const encoding =
      type.split(';')[0] === contentType ? [] : [`Content-Type is ${type || 'none'}, ours ${contentType}`];
    return [...encoding, ...compared(given, ours)];
  }
}

function compared(given: Record<string, unknown>, ours: Record<string, unknown>): string[] {
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
  if (directive.do === 'bad')
    return fail(`${directive.reason}: ${hideNumbers(body)}`, 'the shop answered so: correct it there');
  if (directive.do === 'unknown')
    return fail(
      `the action ${hideNumbers(directive.action)} is not known`,
      'tell us what it means; until then the plan goes on after it',
    );
  return undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
