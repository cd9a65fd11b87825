import type { AsteriskPort } from '../asterisk/port.js';
import type { Watched } from '../flows/flow.js';
import type { Existing } from '../flows/runtime-types.js';
import { settled } from './effects.js';

/** What exists in Asterisk of what a flow watches. A channel that is not in our application is `elsewhere`. @throws {Postponed} */
export async function probe(asterisk: AsteriskPort, { channels, playbacks }: Watched): Promise<Existing> {
  const all = await settled(asterisk.listChannels());
  const watched = all.filter(({ id }) => channels.includes(id));
  const ours = watched.filter(({ appArgs }) => appArgs !== undefined);
  const elsewhere = watched.filter(({ appArgs }) => appArgs === undefined).map(({ id }) => id);
  const kept = await settled(
    Promise.all(playbacks.map(async (id) => ((await asterisk.playbackExists(id)) ? [id] : []))),
  );
  return { channels: Object.fromEntries(ours.map(({ id, state }) => [id, state])), elsewhere, playbacks: kept.flat() };
}
