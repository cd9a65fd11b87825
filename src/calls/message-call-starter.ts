import type { MessageCall, MessageCalls, MessageKey, MessageReport } from './message-call.js';
import { findLine } from '../directory/caller.js';
import type { LogEntry } from '../kernel/flow.js';
import type { CallOriginator } from './originate.js';
import type { Company } from '../company/company.js';
import { messageReport } from './message-report.js';
import type { Action } from '../company/plan-schema.js';

const DRIVER_RINGS_MS = 30_000;
const LONGEST_TALK_MS = 1_800_000;
/** No part of a company's can be called so. */
const PART = '~message';
/** Where the plan of such a call stands in its timeline. */
const MESSAGE_LIST = `parts/${PART}`;

interface MessageCallsOptions {
  starter: CallOriginator;
  company: () => Company;
  fate: (flowId: string) => Promise<'running' | 'over' | undefined>;
  timeline: (flowId: string) => Promise<LogEntry[]>;
}

/** Messages as calls of the plan's flow: it plays, listens and recovers as in any plan. */
export class PlanMessageCalls implements MessageCalls {
  constructor(private readonly options: MessageCallsOptions) {}

  async begin(call: MessageCall): ReturnType<MessageCalls['begin']> {
    const company = this.options.company();
    const line = findLine(company.lines, call.line, company.country);
    if (line === undefined) return { ok: false, why: 'failed', detail: 'the line is not there any more' };
    const begun = await this.options.starter.start({
      callId: call.flowId,
      // Of the company's own parts it needs none.
      company: { ...company, parts: { [PART]: messageActions(call) } },
      line,
      actions: [...machineActions(call), { go_to_part: PART }],
      number: call.to,
      to: { number: call.to },
      callerId: null,
      timeoutMs: call.ringMs,
      autoAnswer: false,
      about: { order: call.order, role: 'client' },
    });
    return begun.ok ? { ok: true } : { ok: false, why: 'unavailable', detail: begun.detail };
  }

  async report(flowId: string): Promise<MessageReport | 'running' | 'never'> {
    const fate = await this.options.fate(flowId);
    if (fate === undefined) return 'never';
    return fate === 'running' ? 'running' : messageReport(await this.options.timeline(flowId), MESSAGE_LIST);
  }
}

/** Before anything is said. */
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

/** Never empty: the timeline shows the first one, and so the key. */
function keyActions({ action }: MessageKey): Action[] {
  switch (action.type) {
    case 'repeat':
      return [{ go_to_part: PART }];
    case 'connect_driver':
      return [{ connect: { party: 'driver', timeout: DRIVER_RINGS_MS, max_duration: LONGEST_TALK_MS } }];
    case 'enqueue': {
      const { queue, label } = action;
      return [{ enqueue: { queue, ...(label !== undefined && { label }) } }];
    }
    case 'confirm':
      return [
        ...(action.prompt === null ? [] : [{ play: { prompt: action.prompt } }]),
        { hang_up: { cause: 'normal' } },
      ];
  }
}
