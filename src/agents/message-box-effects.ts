import type { Handlers } from '../kernel/runtime-types.js';
import type { Clock } from '../lib/clock.js';
import type { TelephonyEvent } from '../telephony/telephony.js';
import type { MessageBoxEffect, MessageMark } from './message-box-flow.js';

type BoxEffect = Extract<MessageBoxEffect, { type: 'list_messages' | 'mark_message' }>;

/** The messages of handsets. */
export interface MessageBoxes {
  /** Messages of a handset that are not done, in the order in which they are heard. `fresh`: how many of them are new; they are the first. */
  list(handset: string): Promise<{ ids: string[]; fresh: number }>;
  /** Does nothing when there is no such message any more. */
  mark(id: string, handset: string, mark: MessageMark): Promise<void>;
}

/** The effect handlers of calls that hear messages, besides those of every call. */
export function messageBoxHandlers({
  boxes,
  numberPrompts,
  clock,
}: {
  /** They are created later. */
  boxes: () => MessageBoxes;
  /** Prompts that say a number, in the first of the languages that has them. */
  numberPrompts: (number: number, languages: readonly string[]) => number[];
  clock: Clock;
}): Handlers<BoxEffect, TelephonyEvent> {
  const list = async ({ handset, languages }: Extract<BoxEffect, { type: 'list_messages' }>) => {
    const { ids, fresh } = await boxes().list(handset);
    return {
      type: 'messages_found' as const,
      at: clock.now(),
      fresh,
      count: numberPrompts(fresh, languages),
      messages: ids.map((id, index) => ({ id, number: numberPrompts(index + 1, languages) })),
    };
  };
  const mark = async ({ messageId, handset, mark: as }: Extract<BoxEffect, { type: 'mark_message' }>) => {
    await boxes().mark(messageId, handset, as);
    return undefined;
  };
  return {
    list_messages: { lane: 'outside', perform: list, recover: list },
    mark_message: { lane: 'outside', perform: mark, recover: mark },
  };
}
