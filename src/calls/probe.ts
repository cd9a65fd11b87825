import type { AsteriskPort } from '../asterisk/port.js';
import type { Watched } from '../flows/flow.js';
import type { Existing } from '../flows/runtime-types.js';
import { settled } from './effects.js';

/** What exists in Asterisk of what a flow watches. A channel counts while it is in our application. @throws {Postponed} */
export async function probe(asterisk: AsteriskPort, { channels, playbacks }: Watched): Promise<Existing> {
  const all = await settled(asterisk.listChannels());
  const ours = all.filter(({ id, appArgs }) => channels.includes(id) && appArgs !== undefined);
  const kept = await settled(
    Promise.all(playbacks.map(async (id) => ((await asterisk.playbackExists(id)) ? [id] : []))),
  );
  return { channels: Object.fromEntries(ours.map(({ id, state }) => [id, state])), playbacks: kept.flat() };
}
