import { z } from 'zod';
import { textOf, type AmiFields, type AmiItem } from './ami-connection.js';
import { AsteriskError } from './port.js';
import type { QueueAccount } from './queue-port.js';

/** Included by `queues.conf`. */
const FILE = 'cordboard-queues.conf';

export type AmiAction = (fields: AmiFields) => Promise<AmiItem>;

/** Name of a queue in Asterisk. */
export const queueName = (id: number): string => `q${id}`;

/** The id of a queue of ours; undefined for any other. */
export function queueIdOf(name: string): number | undefined {
  const digits = /^q([1-9]\d*)$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** A queue's settings as they stand in Asterisk's file, in this order. */
export function queueSettings(queue: QueueAccount): [name: string, value: string][] {
  return [
    ['strategy', queue.strategy],
    ['timeout', String(queue.ringTimeoutS)],
    // The caller's time to wait ends also while handsets ring.
    ['timeoutpriority', 'app'],
    // 0 would mean the default of 5.
    ['retry', '1'],
    ['wrapuptime', String(queue.wrapUpS)],
    ['weight', String(queue.weight)],
    ['maxlen', String(queue.maxLength)],
    [
      'joinempty',
      { always: 'yes', registered: NOBODY_THERE, free: `${NOBODY_THERE},inuse,ringing,wrapup` }[queue.joinWhen],
    ],
    ['leavewhenempty', { always: 'no', registered: NOBODY_THERE }[queue.stayWhen]],
    ['ringinuse', 'no'],
    ['autopause', 'no'],
    ['context', 'queue-exit'],
  ];
}

/** States of handsets that can take no call, however long one waits. */
const NOBODY_THERE = 'paused,invalid,unavailable';

/** The file of our queues, read and written over AMI. */
export class QueueConfig {
  /** @param read has the class `system`; @param write has `config` */
  constructor(
    private readonly read: AmiAction,
    private readonly write: (job: (action: AmiAction) => Promise<void>) => Promise<void>,
  ) {}

  /** Writes what differs, and takes out what is not wanted. Asterisk does not look at it before it is told to. */
  async put(queues: QueueAccount[]): Promise<void> {
    const found = await this.#found();
    const there = found ?? {};
    const unwanted = Object.keys(there).filter((name) => !queues.some(({ id }) => queueName(id) === name));
    const changed = queues.filter((queue) => {
      const has = there[queueName(queue.id)];
      return has === undefined || !sameSettings(has, queueSettings(queue));
    });
    if (unwanted.length === 0 && changed.length === 0) return;
    await this.write(async (action) => {
      if (found === undefined) await action({ Action: 'CreateConfig', Filename: FILE });
      for (const name of unwanted) await action(update([{ Action: 'DelCat', Cat: name }]));
      for (const queue of changed) {
        const Cat = queueName(queue.id);
        const settings = queueSettings(queue).map(([Var, Value]) => ({ Action: 'Append', Cat, Var, Value }));
        const old = there[Cat] === undefined ? [] : [{ Action: 'DelCat', Cat }];
        await action(update([...old, { Action: 'NewCat', Cat }, ...settings]));
      }
    });
  }

  /** The file's settings by queue; undefined when there is no such file. */
  async #found(): Promise<z.output<typeof settingsSchema> | undefined> {
    try {
      // As one header: over long lists of them the library takes its time.
      const reply = await this.read({ Action: 'GetConfigJSON', Filename: FILE });
      return settingsSchema.parse(JSON.parse(textOf(reply, 'json') || '{}'));
    } catch (error) {
      if (error instanceof AsteriskError && error.reason === 'refused') return undefined;
      throw error;
    }
  }
}

const settingsSchema = z.record(z.string(), z.record(z.string(), z.unknown()));

function sameSettings(has: Record<string, unknown>, wanted: [string, string][]): boolean {
  return Object.keys(has).length === wanted.length && wanted.every(([name, value]) => has[name] === value);
}

/** One action of AMI takes at most 128 headers: enough for a queue, not for two. */
function update(changes: Record<string, string>[]): AmiFields {
  const numbered = changes.flatMap((change, index) =>
    Object.entries(change).map(([key, value]) => [`${key}-${String(index).padStart(6, '0')}`, value]),
  );
  const files = { SrcFilename: FILE, DstFilename: FILE, Reload: 'no' };
  return { Action: 'UpdateConfig', ...files, ...(Object.fromEntries(numbered) as Record<string, string>) };
}
