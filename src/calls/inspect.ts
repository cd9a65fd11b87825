import type { AsteriskPort, ChannelSnapshot } from '../asterisk/port.js';
import type { Watched } from '../kernel/flow.js';
import type { Existing } from '../kernel/runtime-types.js';
import { settled } from './effect-handlers.js';

/** What exists in Asterisk of what a flow watches. @throws {Postponed} */
export async function probe(asterisk: AsteriskPort, { channels, playbacks }: Watched): Promise<Existing> {
  const all = await settled(asterisk.listChannels());
  const stands = ({ appArgs, state }: ChannelSnapshot) => (appArgs === undefined ? 'elsewhere' : state);
  const existing = all
    .filter(({ id }) => channels.includes(id))
    .map((channel) => [channel.id, stands(channel)] as const);
  const kept = await settled(
    Promise.all(playbacks.map(async (id) => ((await asterisk.playbackExists(id)) ? [id] : []))),
  );
  return { channels: Object.fromEntries(existing), playbacks: kept.flat() };
}
