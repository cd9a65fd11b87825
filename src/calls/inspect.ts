import type { AsteriskPort, ChannelSnapshot } from '../asterisk/port.js';
import type { WatchedResources } from '../kernel/flow.js';
import type { ExistingResources } from '../kernel/runtime-types.js';
import { orOutcomeUnknown } from './effect-handlers.js';

/** Lists which of a flow's watched resources exist in Asterisk. @throws {OutcomeUnknown} */
export async function inspectResources(
  asterisk: AsteriskPort,
  { channels, playbacks }: WatchedResources,
): Promise<ExistingResources> {
  const all = await orOutcomeUnknown(asterisk.listChannels());
  const stands = ({ appArgs, state }: ChannelSnapshot) => (appArgs === undefined ? 'elsewhere' : state);
  const existing = all
    .filter(({ id }) => channels.includes(id))
    .map((channel) => [channel.id, stands(channel)] as const);
  const kept = await orOutcomeUnknown(
    Promise.all(playbacks.map(async (id) => ((await asterisk.playbackExists(id)) ? [id] : []))),
  );
  return { channels: Object.fromEntries(existing), playbacks: kept.flat() };
}
