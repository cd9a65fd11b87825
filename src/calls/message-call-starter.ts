import type { MessageCall, MessageCalls, MessageKey, MessageReport } from './message-call.js';
import { findLine } from '../directory/caller.js';
import type { LogEntry } from '../kernel/flow.js';
import type { CallOriginator } from './originate.js';
import type { Company } from '../company/company.js';
import { messageReport } from './message-report.js';
import type { Action } from '../company/plan-schema.js';

const DRIVER_RINGS_MS = 30_000;
const LONGEST_TALK_MS = 1_800_000;
/** Not a valid name for a part of a company's document. */
const MESSAGE_PART = '~message';
/** The list of the message's actions, as it appears in the timeline. */
const MESSAGE_LIST = `parts/${MESSAGE_PART}`;

interface MessageCallsOptions {
  originator: CallOriginator;
  company: () => Company;
  statusOf: (callId: string) => Promise<'running' | 'over' | undefined>;
  timeline: (callId: string) => Promise<LogEntry[]>;
}

/** Makes message calls with the plan flow, so that playback, input and recovery work as in any plan. */
export class PlanMessageCalls implements MessageCalls {
  constructor(private readonly options: MessageCallsOptions) {}

  async begin(call: MessageCall): ReturnType<MessageCalls['begin']> {
    const company = this.options.company();
    const line = findLine(company.lines, call.line, company.country);
    if (line === undefined) return { ok: false, why: 'failed', detail: 'the line no longer exists' };
    const begun = await this.options.originator.start({
      callId: call.callId,
      // The company's own parts are not used.
      company: { ...company, parts: { [MESSAGE_PART]: messageActions(call) } },
      line,
      actions: [...machineActions(call), { go_to_part: MESSAGE_PART }],
      number: call.to,
      to: { number: call.to },
      callerId: null,
      timeoutMs: call.ringMs,
      autoAnswer: false,
      about: { order: call.order, role: 'client' },
    });
    return begun.ok ? { ok: true } : { ok: false, why: 'unavailable', detail: begun.detail };
  }

  async report(callId: string): Promise<MessageReport | 'running' | 'never'> {
    const status = await this.options.statusOf(callId);
    if (status === undefined) return 'never';
    return status === 'running' ? 'running' : messageReport(await this.options.timeline(callId), MESSAGE_LIST);
  }
}

/** Actions before the message. */
function machineActions({ machine }: MessageCall): Action[] {
  if (machine === 'as_person') return [];
  const speaks: Action[] = machine === 'hang_up' ? [] : [{ play: { prompt: machine.prompts } }];
  const actions: Action[] = [...speaks, { hang_up: { cause: 'normal' } }];
  return [{ detect_machine: { waits: machine !== 'hang_up', machine: actions } }];
}

function messageActions({ prompts, keys, keyTimeoutMs, plays }: MessageCall): Action[] {
  if (keys.length === 0) return [{ play: { prompt: prompts } }];
  const pressed = Object.fromEntries(keys.map((key) => [key.digit, keyActions(key)]));
  return [{ menu: { prompt: prompts, timeout: keyTimeoutMs, retries: plays - 1, keys: pressed } }];
}

/** Never empty: the first action identifies the key in the timeline. */
function keyActions({ action }: MessageKey): Action[] {
  switch (action.type) {
    case 'repeat':
      return [{ go_to_part: MESSAGE_PART }];
    case 'connect_driver':
      return [{ connect: { party: 'driver', timeout: DRIVER_RINGS_MS, max_duration: LONGEST_TALK_MS } }];
    case 'enqueue':
      return [{ enqueue: { queue: action.queue, label: action.label } }];
    case 'confirm':
      return [
        ...(action.prompt === null ? [] : [{ play: { prompt: action.prompt } }]),
        { hang_up: { cause: 'normal' } },
      ];
  }
}
