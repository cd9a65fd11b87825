import type { AmiEvent, AmiFields } from '../ami/ami-connection.js';
import { AsteriskError } from '../port.js';
import { QueueMembers } from './queue-members.js';
import { queuesOf, ringsOf, talksOf } from './queue-listing.js';
import { ConfigFile, type AmiAction } from '../ami/config-file.js';
import { isPlainAddress } from './music.js';
import { QUEUES_FILE, queueSection } from './queue-config.js';
import { MUSIC_NAME, RETRY_S, SILENT, type QueueAccount, type QueueSnapshot, type QueueTalk } from '../queue-port.js';

const NAME = /^[A-Za-z0-9._-]{1,64}$/;

interface QueueLinks {
  action: AmiAction;
  list(fields: AmiFields): Promise<AmiEvent[]>;
  now(): number;
  /** Gives the job a connection that may write Asterisk's configuration. */
  write(job: (action: AmiAction) => Promise<void>): Promise<void>;
}

/** Queues of `app_queue`: settings in a file that is written over AMI, handsets as members that come and go. */
export class Queues {
  readonly members: QueueMembers;
  readonly #config: ConfigFile;

  constructor(private readonly links: QueueLinks) {
    this.members = new QueueMembers(links);
    this.#config = new ConfigFile(QUEUES_FILE, links.action, (job) => links.write(job));
  }

  async put(queues: QueueAccount[]): Promise<void> {
    for (const queue of queues) checkQueue(queue);
    await this.#put(queues);
    // Whoever came in just now stands at the end.
    const linear = queues.some(({ strategy }) => strategy === 'linear');
    if (linear && (await this.list()).some((found) => queues.some((wanted) => mustBeMadeAnew(found, wanted))))
      await this.#put(queues);
  }

  async #put(queues: QueueAccount[]): Promise<void> {
    const before = await this.list();
    const outOfLine = before.filter((found) => queues.some((wanted) => mustBeMadeAnew(found, wanted)));
    if (outOfLine.length > 0) await this.#configure(queues.filter(({ id }) => !outOfLine.some((one) => one.id === id)));
    await this.#configure(queues);
    for (const queue of queues) await this.members.put(queue, before.find(({ id }) => id === queue.id)?.members);
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
    await this.#config.put(queues.map(queueSection));
    await this.links.action({ Action: 'QueueReload', Parameters: 'yes', Members: 'no', Rules: 'no' });
  }
}

/** Asterisk keeps members in order only in a queue that was `linear` from its beginning, and adds at the end. */
function mustBeMadeAnew(found: QueueSnapshot, wanted: QueueAccount): boolean {
  if (found.id !== wanted.id || wanted.strategy !== 'linear') return false;
  const kept = found.members.map(({ handset }) => handset).filter((name) => wanted.handsets.includes(name));
  return found.strategy !== 'linear' || kept.some((name, index) => wanted.handsets[index] !== name);
}

/** @throws AsteriskError `refused` for what could be taken for something else in Asterisk's files. */
export function checkQueue(queue: QueueAccount): void {
  const { music, periodic, standing } = queue.sounds ?? SILENT;
  const numbers = [
    ...[queue.id, queue.ringTimeoutS, queue.retryS ?? RETRY_S, queue.wrapUpS, queue.weight, queue.maxLength],
    ...(periodic === null ? [] : [periodic.everyS, periodic.firstAfterS]),
    ...(standing === null ? [] : [standing.everyS, standing.positionLimit]),
  ];
  if (numbers.some((value) => !Number.isSafeInteger(value) || value < 0) || queue.id === 0)
    throw new AsteriskError('refused', `queue ${queue.id} has a number that is no whole number`);
  if (queue.handsets.some((name) => !NAME.test(name)))
    throw new AsteriskError('refused', `queue ${queue.id} has a handset with a name that is not a plain SIP user name`);
  if (!(periodic?.urls ?? []).every(isPlainAddress))
    throw new AsteriskError('refused', `queue ${queue.id} has an address that Asterisk cannot be given`);
  if (music !== null && !MUSIC_NAME.test(music))
    throw new AsteriskError('refused', `queue ${queue.id} has music with a name that is no plain word`);
}
