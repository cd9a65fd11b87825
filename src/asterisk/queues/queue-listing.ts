import { textOf, type AmiEvent } from '../ami/ami-connection.js';
import { callerIdOf } from '../caller-id.js';
import type { AsteriskNames } from '../names.js';
import { memberOf } from './queue-events.js';
import type { RankedCaller } from './caller-order.js';
import type { QueueSnapshot, QueueTalk } from '../queue-port.js';

/** Parses the events of `QueueStatus`. `now`: reference of the waiting times, which are given in seconds. */
export function parseQueues(events: AmiEvent[], now: number, names: AsteriskNames): QueueSnapshot[] {
  const queues = new Map<number, QueueSnapshot>();
  for (const event of events) {
    const id = names.queueIdOf(textOf(event, 'queue'));
    if (id === undefined) continue;
    const queue = queues.get(id);
    if (event.event === 'QueueParams') {
      const strategy = textOf(event, 'strategy');
      const [weight, maxLength] = [Number(textOf(event, 'weight')), Number(textOf(event, 'max'))];
      queues.set(id, { id, strategy, weight, maxLength, members: [], waiting: [] });
    } else if (event.event === 'QueueMember') {
      queue?.members.push(memberOf(event, names));
    } else if (event.event === 'QueueEntry') {
      queue?.waiting.splice(Number(textOf(event, 'position')) - 1, 0, {
        channelId: textOf(event, 'uniqueid'),
        joinedAt: now - Number(textOf(event, 'wait')) * 1000,
        caller: callerIdOf(textOf(event, 'calleridnum'), textOf(event, 'calleridname')),
      });
    }
  }
  return [...queues.values()].sort((a, b) => a.id - b.id);
}

/** The waiting callers of one queue in order, from the events of its `QueueStatus`. */
export function parseCallers(events: AmiEvent[]): (RankedCaller & { channelName: string })[] {
  return events
    .filter(({ event }) => event === 'QueueEntry')
    .sort((a, b) => Number(textOf(a, 'position')) - Number(textOf(b, 'position')))
    .map((event) => ({
      channelId: textOf(event, 'uniqueid'),
      channelName: textOf(event, 'channel'),
      priority: Number(textOf(event, 'priority')),
    }));
}

/** Finds the talks in the events of `CoreShowChannels`: the caller shares a bridge with the handset that answered. */
export function parseTalks(channels: AmiEvent[], names: AsteriskNames): QueueTalk[] {
  return channels.flatMap((caller) => {
    const queue = textOf(caller, 'application') === 'Queue' ? names.queueIdOf(textOf(caller, 'exten')) : undefined;
    const bridge = textOf(caller, 'bridgeid');
    const peer = channels.find((other) => other !== caller && bridge !== '' && textOf(other, 'bridgeid') === bridge);
    if (queue === undefined || peer === undefined) return [];
    return [{ channelId: textOf(caller, 'uniqueid'), queue, handset: handsetOfChannel(peer, names) }];
  });
}

/** Finds the channel of a handset in the talk of a queue's caller, in the events of `CoreShowChannels`. */
export function parseParty(
  channels: AmiEvent[],
  { channelId, handset }: { channelId: string; handset: string },
  names: AsteriskNames,
) {
  const caller = channels.find((channel) => textOf(channel, 'uniqueid') === channelId);
  if (caller === undefined || textOf(caller, 'application') !== 'Queue') return undefined;
  // Right after the answer a Local channel is still between the two, so that they do not share a bridge.
  const party = channels.find(
    (channel) =>
      channel !== caller &&
      textOf(channel, 'channel').startsWith('PJSIP/') &&
      handsetOfChannel(channel, names) === handset &&
      textOf(channel, 'channelstatedesc') === 'Up' &&
      textOf(channel, 'linkedid') === textOf(caller, 'linkedid'),
  );
  return party && textOf(party, 'uniqueid');
}

/** Finds ringing handsets in the events of `CoreShowChannels`: a ringing leg has its caller's linked id. */
export function parseRinging(channels: AmiEvent[], names: AsteriskNames): QueueTalk[] {
  return channels.flatMap((leg) => {
    if (textOf(leg, 'application') !== 'AppQueue' || textOf(leg, 'channelstatedesc') !== 'Ringing') return [];
    const caller = channels.find(
      (other) => textOf(other, 'application') === 'Queue' && textOf(other, 'linkedid') === textOf(leg, 'linkedid'),
    );
    const queue = caller && names.queueIdOf(textOf(caller, 'exten'));
    if (caller === undefined || queue === undefined) return [];
    return [{ channelId: textOf(caller, 'uniqueid'), queue, handset: handsetOfChannel(leg, names) }];
  });
}

function handsetOfChannel(channel: AmiEvent, names: AsteriskNames): string {
  return names.handsetOfInterface(textOf(channel, 'channel').replace(/-[0-9a-f]+$/, ''));
}
