import type { AmiAction } from '../ami/config-file.js';
import { textOf, type AmiEvent, type AmiFields } from '../ami/ami-connection.js';
import type { AsteriskNames } from '../names.js';
import { AsteriskError } from '../port.js';
import { memberOf } from './queue-events.js';
import type { QueueAccount, QueueMember } from '../queue-port.js';
import { compact } from '../../lib/compact.js';

interface ListedMember extends QueueMember {
  interface: string;
}

/** Adds, removes and pauses the handsets of queues as dynamic members. Asterisk keeps them over restarts. */
export class QueueMembers {
  constructor(
    private readonly names: AsteriskNames,
    private readonly links: { action: AmiAction; list(fields: AmiFields): Promise<AmiEvent[]> },
  ) {}

  /** Adds new handsets first: a queue that is briefly empty would drop its callers. `before`: members of a queue that was recreated. */
  async put({ id, handsets, paused }: QueueAccount, before: QueueMember[] = []): Promise<void> {
    const present = await this.#list(id);
    const wanted = handsets.map((handset) => ({ handset, interface: this.names.allPhonesOf(handset) }));
    for (const one of wanted.filter(({ interface: name }) => !present.some((member) => member.interface === name))) {
      const known = [...present, ...before].find(({ handset }) => handset === one.handset);
      const reason = paused === undefined ? pauseOf(known) : paused[one.handset];
      await this.#add(id, one, reason);
    }
    const stale = present.filter((member) => !wanted.some(({ interface: name }) => name === member.interface));
    for (const member of stale) await this.#remove(id, member);
    if (paused === undefined) return;
    for (const member of present.filter((one) => !stale.includes(one))) {
      if (pauseOf(member) !== paused[member.handset]) await this.#pause(id, member, paused[member.handset]);
    }
  }

  async add(queue: number, handset: string): Promise<void> {
    if ((await this.#list(queue)).some((member) => member.handset === handset)) return;
    await this.#add(queue, { handset, interface: this.names.allPhonesOf(handset) }, undefined);
  }

  async remove(queue: number, handset: string): Promise<void> {
    for (const member of await this.#list(queue)) if (member.handset === handset) await this.#remove(queue, member);
  }

  /** @param reason undefined: ends the pause */
  async pause(queue: number, handset: string, reason: string | undefined): Promise<void> {
    const member = (await this.#list(queue)).find((one) => one.handset === handset);
    if (member === undefined) throw notInQueue(queue, handset);
    if (pauseOf(member) !== reason) await this.#pause(queue, member, reason);
  }

  /** `app_queue` forgets a member's last call only with the member, so it is added again. */
  async endWrapUp(queue: number, handset: string): Promise<void> {
    const member = (await this.#list(queue)).find((one) => one.handset === handset);
    if (member === undefined) throw notInQueue(queue, handset);
    if (member.lastCallAt === null) return;
    // Sent together: callers of a queue without a handset would be dropped.
    await Promise.all([this.#remove(queue, member), this.#add(queue, member, pauseOf(member))]);
  }

  async #list(queue: number): Promise<ListedMember[]> {
    const found = await this.links.list({ Action: 'QueueStatus', Queue: this.names.queue(queue) });
    return found
      .filter(({ event }) => event === 'QueueMember')
      .map((event) => ({ ...memberOf(event, this.names), interface: textOf(event, 'location') }));
  }

  async #add(
    queue: number,
    member: Pick<ListedMember, 'handset' | 'interface'>,
    reason: string | undefined,
  ): Promise<void> {
    await this.links.action({
      Action: 'QueueAdd',
      Queue: this.names.queue(queue),
      Interface: member.interface,
      MemberName: member.handset,
      StateInterface: `PJSIP/${this.names.endpointOf(member.handset)}`,
      Paused: reason === undefined ? 'no' : 'yes',
    });
    if (reason !== undefined) await this.#pause(queue, member, reason);
  }

  async #remove(queue: number, { interface: Interface }: Pick<ListedMember, 'interface'>): Promise<void> {
    await this.links.action({ Action: 'QueueRemove', Queue: this.names.queue(queue), Interface });
  }

  async #pause(
    queue: number,
    { interface: Interface }: Pick<ListedMember, 'interface'>,
    reason?: string,
  ): Promise<void> {
    const Paused = reason === undefined ? 'false' : 'true';
    const Reason = reason === '' ? undefined : reason;
    await this.links.action(
      compact({ Action: 'QueuePause', Queue: this.names.queue(queue), Interface, Paused, Reason }),
    );
  }
}

function notInQueue(queue: number, handset: string): AsteriskError {
  return new AsteriskError('refused', `${handset} is not in the queue ${queue}`);
}

function pauseOf(member: QueueMember | undefined): string | undefined {
  return member?.paused === true ? member.pauseReason : undefined;
}
