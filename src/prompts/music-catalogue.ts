import type { Music } from './music-schema.js';

/** The music that there is: part of what the company set up, so whoever keeps that implements this. */
export interface MusicCatalogue {
  /** By name. */
  list(): Music[];
  /** The queues that play it, in words that lead there: `queues/12/music`. */
  usages(name: string): { where: string }[];
  /**
   * Makes all music what `change` makes of it. Changes come one after another: within `change`, {@link usages} tells of
   * the same moment. What it throws is thrown, and nothing is changed.
   */
  update(change: (music: Music[]) => Music[]): Promise<void>;
}
