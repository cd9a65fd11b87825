import { ConfigFile, type AmiAction } from '../ami/config-file.js';
import { AsteriskError } from '../port.js';
import { MUSIC_NAME, type MusicAccount } from '../queue-port.js';

/** Included by `musiconhold.conf`. */
const FILE = 'cordboard-music.conf';

/** Class name in Asterisk; the prefix avoids clashes with the classes of Asterisk's owner. */
export const musicClassName = (name: string): string => `m-${name}`;

/** Music on hold: playlists of URLs in a file written over AMI. */
export class MusicClasses {
  readonly #file: ConfigFile;

  constructor(
    private readonly action: AmiAction,
    write: (job: (action: AmiAction) => Promise<void>) => Promise<void>,
  ) {
    this.#file = new ConfigFile(FILE, action, write);
  }

  async put(musics: MusicAccount[]): Promise<void> {
    for (const music of musics) checkMusic(music);
    await this.#file.put(
      musics.map(({ name, urls }) => ({
        name: musicClassName(name),
        settings: [['mode', 'playlist'], ...urls.map((url): [string, string] => ['entry', url])],
      })),
    );
    await this.action({ Action: 'Reload', Module: 'res_musiconhold.so' });
  }
}

/** @throws AsteriskError `refused` for values that Asterisk's files could misinterpret. */
export function checkMusic({ name, urls }: MusicAccount): void {
  if (!MUSIC_NAME.test(name)) throw new AsteriskError('refused', 'music has an invalid name');
  if (urls.length === 0 || !urls.every(isPlainAddress))
    throw new AsteriskError('refused', `music ${name} has an invalid URL`);
}

/** True for URLs without characters that start a comment, list or line in Asterisk's files. */
export function isPlainAddress(url: string): boolean {
  return /^https?:\/\/[A-Za-z0-9.:[\]_-]+\/[A-Za-z0-9._~/%-]+$/.test(url);
}
