import { textOf, type AmiEvent, type AmiFields } from './ami-connection.js';
import { AsteriskError } from './port.js';
import { QueueConfig, queueIdOf, queueName, type AmiAction } from './queue-config.js';
import type { QueueAccount, QueueSnapshot } from './queue-port.js';

const HANDSET = /^PJSIP\/(.+)$/;
const NAME = /^[A-Za-z0-9._-]{1,64}$/;

export interface QueueLinks {
  action: AmiAction;
  list(fields: AmiFields): Promise<AmiEvent[]>;
  /** Gives the job a connection that may write Asterisk's configuration. */
  write(job: (action: AmiAction) => Promise<void>): Promise<void>;
}

/** Queues of `app_queue`: settings in a file that is written over AMI, handsets as members that come and go. */
export class Queues {
  readonly #config: QueueConfig;

  constructor(private readonly links: QueueLinks) {
    this.#config = new QueueConfig(links.action, (job) => links.write(job));
  }

  async put(queues: QueueAccount[]): Promise<void> {
    for (const queue of queues) checkQueue(queue);
    const before = await this.list();
    const outOfLine = before.filter((found) => queues.some((wanted) => mustBeMadeAnew(found, wanted)));
    if (outOfLine.length > 0) await this.#configure(queues.filter(({ id }) => !outOfLine.some((one) => one.id === id)));
    await this.#configure(queues);
    const now = await this.list();
    for (const queue of queues) await this.#staff(queue, now.find(({ id }) => id === queue.id)?.handsets ?? []);
  }

  async list(): Promise<QueueSnapshot[]> {
    const queues = new Map<number, QueueSnapshot & { entries: [position: number, channelId: string][] }>();
    for (const event of await this.links.list({ Action: 'QueueStatus' })) {
      const id = queueIdOf(textOf(event, 'queue'));
      if (id === undefined) continue;
      const queue = queues.get(id);
      if (event.event === 'QueueParams') {
        const numberOf = (key: string) => Number(textOf(event, key));
        const strategy = textOf(event, 'strategy');
        const empty = { handsets: [], waiting: [], entries: [] };
        queues.set(id, { id, strategy, weight: numberOf('weight'), maxLength: numberOf('max'), ...empty });
      } else if (event.event === 'QueueMember') {
        queue?.handsets.push(HANDSET.exec(textOf(event, 'location'))?.[1] ?? textOf(event, 'location'));
      } else if (event.event === 'QueueEntry') {
        queue?.entries.push([Number(textOf(event, 'position')), textOf(event, 'uniqueid')]);
      }
    }
    return [...queues.values()]
      .sort((a, b) => a.id - b.id)
      .map(({ entries, ...queue }) => ({ ...queue, waiting: entries.sort(([a], [b]) => a - b).map(([, id]) => id) }));
  }

  async #configure(queues: QueueAccount[]): Promise<void> {
    await this.#config.put(queues);
    await this.links.action({ Action: 'QueueReload', Parameters: 'yes', Members: 'no', Rules: 'no' });
  }

  /** New handsets first: a queue that is empty for a moment would send its callers away. */
  async #staff({ id, handsets }: QueueAccount, present: string[]): Promise<void> {
    const Queue = queueName(id);
    for (const name of handsets.filter((one) => !present.includes(one)))
      await this.links.action({ Action: 'QueueAdd', Queue, Interface: `PJSIP/${name}`, MemberName: name });
    for (const name of present.filter((one) => !handsets.includes(one)))
      await this.links.action({ Action: 'QueueRemove', Queue, Interface: `PJSIP/${name}` });
  }
}

/** Asterisk keeps members in order only in a queue that was `linear` from its beginning, and adds at the end. */
function mustBeMadeAnew(found: QueueSnapshot, wanted: QueueAccount): boolean {
  if (found.id !== wanted.id || wanted.strategy !== 'linear') return false;
  const kept = found.handsets.filter((name) => wanted.handsets.includes(name));
  return found.strategy !== 'linear' || kept.some((name, index) => wanted.handsets[index] !== name);
}

/** @throws AsteriskError `refused` for what could be taken for something else in Asterisk's files. */
export function checkQueue(queue: QueueAccount): void {
  const numbers = [queue.id, queue.ringTimeoutS, queue.wrapUpS, queue.weight, queue.maxLength];
  if (numbers.some((value) => !Number.isSafeInteger(value) || value < 0) || queue.id === 0)
    throw new AsteriskError('refused', `queue ${queue.id} has a number that is no whole number`);
  if (queue.handsets.some((name) => !NAME.test(name)))
    throw new AsteriskError('refused', `queue ${queue.id} has a handset with a name that is not a plain SIP user name`);
}
