import type { AsteriskNames } from '../names.js';
import type { CallerLinks } from './caller-links.js';

/** A talk of a queue. `partyId`: the handset's channel. */
export interface QueueTalkParties {
  channelId: string;
  visitId: string;
  partyId: string;
}

/**
 * Takes the caller and the handset of a queue's talk into the application. Both are redirected by one request: if only the caller
 * was, Asterisk would hang up the handset.
 */
export async function takeTalk(
  { channelId, visitId, partyId }: QueueTalkParties,
  { findChannel, action }: Pick<CallerLinks, 'findChannel' | 'action'>,
  names: AsteriskNames,
): Promise<void> {
  const [caller, party] = [await findChannel(channelId), await findChannel(partyId)];
  if (caller === undefined || party === undefined || !names.isQueueContext(caller.dialplan.context)) return;
  await action({ Action: 'Setvar', Channel: party.name, Variable: 'TAKEN_VISIT', Value: visitId });
  await action({
    Action: 'Redirect',
    Channel: caller.name,
    Context: caller.dialplan.context,
    Exten: 'withdraw',
    Priority: '1',
    ExtraChannel: party.name,
    ExtraContext: names.contexts.taken,
    ExtraExten: 's',
    ExtraPriority: '1',
  });
}
