import type { OutboundAnswer } from '../../../http/outbound.js';
import type { Directive } from '../../../call-plan/hand-over-contract.js';
import { hideNumbers } from '../hide.js';
import { Fault } from '../sheet.js';

/** Ids of the company's configuration that an answer may name; undefined: no configuration is given. */
export interface KnownIds {
  prompts: ReadonlySet<number> | undefined;
  queues: ReadonlySet<number> | undefined;
}

/** Checks that an answer is valid. @throws {Fault} */
export function judgeAnswer(answer: OutboundAnswer, directive: Directive, known: KnownIds): void {
  const { status, body } = answer;
  const shown = hideNumbers(body);
  if (status === 401 || status === 403)
    throw new Fault(
      `it answered with status ${status}`,
      'accept requests without a login, or put the login into the address',
    );
  if (status < 200 || status > 299)
    throw new Fault(
      `it answered with status ${status}: ${shown}`,
      'answer with status 200; your own log has the cause',
    );
  if (body.includes('\uFFFD')) throw new Fault(`bytes that are not UTF-8: ${shown}`, 'write the answer in UTF-8');
  if (directive.type === 'bad') throw new Fault(`${directive.reason}: ${shown}`, remedyOf(directive.reason, body));
  if (directive.type === 'unknown')
    throw new Fault(
      `an unknown action: ${hideNumbers(directive.action)}`,
      'use answer, play, menu, transfer_to_group, hangup or return',
    );
  judgeIds(directive, known);
}

function remedyOf(reason: string, body: string): string {
  if (/^\s*</.test(body)) return 'answer with one JSON object: this is a page, perhaps an error or a maintenance page';
  if (reason.includes('recording_id')) return 'send recording_id, the number of a prompt (shown in /prompts/20)';
  if (reason.includes('call_group_id')) return 'send call_group_id, the number of a queue';
  return 'answer with one JSON object such as {"action":"play","recording_id":"20"}, and nothing before or after it';
}

function judgeIds(directive: Directive, { prompts, queues }: KnownIds): void {
  const prompt = 'prompt' in directive ? directive.prompt : null;
  if (prompt !== null && prompts?.has(prompt) === false)
    throw new Fault(
      `${directive.type} names prompt ${prompt}, which does not exist`,
      `create prompt ${prompt} in the configuration, or name another in your settings`,
    );
  if (directive.type === 'transfer' && queues?.has(Number(directive.queue)) === false)
    throw new Fault(
      `call_group_id is ${directive.queue}, which does not exist`,
      'name a queue of the configuration, or create one',
    );
}

/** What the caller notices of a directive; used to compare two of them. */
export function heard(directive: Directive): string {
  switch (directive.type) {
    case 'play':
      return `prompt ${directive.prompt}`;
    case 'menu':
      return `a question (prompt ${directive.prompt})`;
    case 'transfer':
      return `a transfer to queue ${directive.queue}`;
    default:
      return directive.type.replace('_', ' ');
  }
}
