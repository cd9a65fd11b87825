import type { WaitingSounds } from '../directory/queue-provisioner.js';
import type { CompanyStore } from '../company/store/company-store.js';
import { hashesOf } from '../prompts/music.js';
import { mediaPath } from '../prompts/resolve.js';
import type { Prompts } from './prompts.js';

/** URLs at the gateway of the music and announcements that Asterisk plays in queues. */
export function createWaitingSounds(
  companies: CompanyStore,
  { audio, resolver }: Prompts,
  publicUrl: string,
): WaitingSounds {
  return {
    async music() {
      const all = companies.company.music.map(async (music) => {
        const hashes = hashesOf(music, audio);
        const there = await Promise.all(hashes.map(async (sha256) => (await audio.find(sha256)) !== undefined));
        const urls = hashes
          .filter((_, index) => there[index])
          .map((sha256) => `${publicUrl}${mediaPath(sha256, 'alaw')}`);
        return { name: music.name, urls };
      });
      return (await Promise.all(all)).filter(({ urls }) => urls.length > 0);
    },
    async prompts(ids, languages) {
      const found = await Promise.all(ids.map((prompt) => resolver.resolve([{ prompt }], languages, 'alaw')));
      return found.flatMap((one) => ('refused' in one ? [] : one.media.map((media) => media.replace(/^sound:/, ''))));
    },
  };
}
