import type { PlayableMedia } from '../../src/telephony/telephony.js';

/** Ids of the prompts among the media. */
export function promptsOf(media: PlayableMedia[]): number[] {
  return media.flatMap((medium) => ('prompt' in medium ? [medium.prompt] : []));
}
