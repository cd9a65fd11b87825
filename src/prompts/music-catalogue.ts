import type { Music } from './music-schema.js';

/** The music of the company document; implemented by the document's store. */
export interface MusicCatalogue {
  /** Sorted by name. */
  list(): Music[];
  /** The places in the document that use the music, such as `queues/12/music`. */
  usages(name: string): { where: string }[];
  /**
   * Replaces all music by the result of `change`. Changes run one after another: within `change`, {@link usages} reads the same
   * state. An error of `change` is rethrown, and nothing is changed.
   */
  update(change: (music: Music[]) => Music[]): Promise<void>;
}
