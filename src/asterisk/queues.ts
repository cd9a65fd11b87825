import type { AmiEvent, AmiFields } from './ami-connection.js';
import { AsteriskError } from './port.js';
import { QueueConfig, queueName, type AmiAction } from './queue-config.js';
import { queuesOf, ringsOf, talksOf } from './queue-listing.js';
import type { QueueAccount, QueueSnapshot, QueueTalk } from './queue-port.js';

const NAME = /^[A-Za-z0-9._-]{1,64}$/;

export interface QueueLinks {
  action: AmiAction;
  list(fields: AmiFields): Promise<AmiEvent[]>;
  now(): number;
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
    for (const queue of queues) await this.#staff(queue, handsetsOf(now.find(({ id }) => id === queue.id)));
  }

  async list(): Promise<QueueSnapshot[]> {
    return queuesOf(await this.links.list({ Action: 'QueueStatus' }), this.links.now());
  }

  async talks(): Promise<QueueTalk[]> {
    return talksOf(await this.links.list({ Action: 'CoreShowChannels' }));
  }

  async ringing(): Promise<QueueTalk[]> {
    return ringsOf(await this.links.list({ Action: 'CoreShowChannels' }));
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
  const kept = handsetsOf(found).filter((name) => wanted.handsets.includes(name));
  return found.strategy !== 'linear' || kept.some((name, index) => wanted.handsets[index] !== name);
}

function handsetsOf(queue: QueueSnapshot | undefined): string[] {
  return queue?.members.map(({ handset }) => handset) ?? [];
}

/** @throws AsteriskError `refused` for what could be taken for something else in Asterisk's files. */
export function checkQueue(queue: QueueAccount): void {
  const numbers = [queue.id, queue.ringTimeoutS, queue.wrapUpS, queue.weight, queue.maxLength];
  if (numbers.some((value) => !Number.isSafeInteger(value) || value < 0) || queue.id === 0)
    throw new AsteriskError('refused', `queue ${queue.id} has a number that is no whole number`);
  if (queue.handsets.some((name) => !NAME.test(name)))
    throw new AsteriskError('refused', `queue ${queue.id} has a handset with a name that is not a plain SIP user name`);
}
