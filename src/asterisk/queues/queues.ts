import type { AmiEvent, AmiFields } from '../ami/ami-connection.js';
import { ignoringRefused } from '../ignored-errors.js';
import { AsteriskError } from '../port.js';
import { QueueMembers } from './queue-members.js';
import { prioritiesForMove } from './caller-order.js';
import { parseCallers, parseQueues, parseParty, parseRinging, parseTalks } from './queue-listing.js';
import { ConfigFile, type AmiAction, type ConfigWriter } from '../ami/config-file.js';
import { isPlainAddress } from './music.js';
import type { AsteriskNames } from '../names.js';
import { queueSection } from './queue-config.js';
import {
  MUSIC_NAME,
  RETRY_S,
  NO_SOUNDS,
  type QueueAccount,
  type QueueMove,
  type QueueSnapshot,
  type QueueTalk,
} from '../queue-port.js';

const NAME = /^[A-Za-z0-9._-]{1,64}$/;

interface QueueLinks {
  action: AmiAction;
  list(fields: AmiFields): Promise<AmiEvent[]>;
  now(): number;
  write: ConfigWriter;
}

/** Queues of `app_queue`: settings in a file written over AMI, handsets as dynamic members. */
export class Queues {
  readonly members: QueueMembers;
  readonly #config: ConfigFile;

  constructor(
    private readonly names: AsteriskNames,
    private readonly links: QueueLinks,
  ) {
    this.members = new QueueMembers(names, links);
    this.#config = new ConfigFile(names.files.queues, links.action, links.write);
  }

  async put(queues: QueueAccount[]): Promise<void> {
    for (const queue of queues) checkQueue(queue);
    await this.#put(queues);
    // Handsets that were added just now are at the end.
    const linear = queues.some(({ strategy }) => strategy === 'linear');
    if (linear && (await this.list()).some((found) => queues.some((wanted) => mustBeRecreated(found, wanted))))
      await this.#put(queues);
  }

  async #put(queues: QueueAccount[]): Promise<void> {
    const before = await this.list();
    const outOfLine = before.filter((found) => queues.some((wanted) => mustBeRecreated(found, wanted)));
    if (outOfLine.length > 0) await this.#configure(queues.filter(({ id }) => !outOfLine.some((one) => one.id === id)));
    await this.#configure(queues);
    for (const queue of queues) await this.members.put(queue, before.find(({ id }) => id === queue.id)?.members);
  }

  async list(): Promise<QueueSnapshot[]> {
    return parseQueues(await this.links.list({ Action: 'QueueStatus' }), this.links.now(), this.names);
  }

  async talks(): Promise<QueueTalk[]> {
    return parseTalks(await this.links.list({ Action: 'CoreShowChannels' }), this.names);
  }

  async findParty(talk: { channelId: string; handset: string }): Promise<string | undefined> {
    return parseParty(await this.links.list({ Action: 'CoreShowChannels' }), talk, this.names);
  }

  async ringing(): Promise<QueueTalk[]> {
    return parseRinging(await this.links.list({ Action: 'CoreShowChannels' }), this.names);
  }

  /** @returns the callers in their order afterwards */
  async moveCaller({ channelId, queue, position }: QueueMove): Promise<string[]> {
    const callers = await this.#callers(queue);
    const changes = prioritiesForMove(callers, channelId, position);
    for (const { channelId: id, priority } of changes) {
      const Caller = callers.find((caller) => caller.channelId === id)?.channelName ?? '';
      const action = { Action: 'QueueChangePriorityCaller', Queue: this.names.queue(queue), Caller, Immediate: 'yes' };
      // Refused for a caller who has left the queue meanwhile.
      await ignoringRefused(this.links.action({ ...action, Priority: String(priority) }));
    }
    const after = changes.length === 0 ? callers : await this.#callers(queue);
    return after.map((caller) => caller.channelId);
  }

  async #callers(queue: number): Promise<ReturnType<typeof parseCallers>> {
    return parseCallers(await this.links.list({ Action: 'QueueStatus', Queue: this.names.queue(queue) }));
  }

  async #configure(queues: QueueAccount[]): Promise<void> {
    await this.#config.put(queues.map((queue) => queueSection(queue, this.names)));
    await this.links.action({ Action: 'QueueReload', Parameters: 'yes', Members: 'no', Rules: 'no' });
  }
}

/** Asterisk keeps the order of members only in a queue that was created as `linear`, and appends new ones. */
function mustBeRecreated(found: QueueSnapshot, wanted: QueueAccount): boolean {
  if (found.id !== wanted.id || wanted.strategy !== 'linear') return false;
  const kept = found.members.map(({ handset }) => handset).filter((name) => wanted.handsets.includes(name));
  return found.strategy !== 'linear' || kept.some((name, index) => wanted.handsets[index] !== name);
}

/** @throws AsteriskError `refused` for values that Asterisk's files could misinterpret. */
export function checkQueue(queue: QueueAccount): void {
  const { music, periodic, standing } = queue.sounds ?? NO_SOUNDS;
  const numbers = [
    ...[queue.id, queue.ringTimeoutS, queue.retryS ?? RETRY_S, queue.wrapUpS, queue.weight, queue.maxLength],
    ...(periodic === null ? [] : [periodic.everyS, periodic.firstAfterS]),
    ...(standing === null ? [] : [standing.everyS, standing.positionLimit]),
  ];
  if (numbers.some((value) => !Number.isSafeInteger(value) || value < 0) || queue.id === 0)
    throw new AsteriskError('refused', `queue ${queue.id} has a number that is not a non-negative integer`);
  if (queue.handsets.some((name) => !NAME.test(name)))
    throw new AsteriskError('refused', `queue ${queue.id} has a handset with a name that is not a plain SIP user name`);
  if (!(periodic?.urls ?? []).every(isPlainAddress))
    throw new AsteriskError('refused', `queue ${queue.id} has an invalid announcement URL`);
  if (music !== null && !MUSIC_NAME.test(music))
    throw new AsteriskError('refused', `queue ${queue.id} has an invalid music name`);
}
