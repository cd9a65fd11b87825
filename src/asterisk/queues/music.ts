import { ConfigFile, type AmiAction, type ConfigWriter } from '../ami/config-file.js';
import type { AsteriskNames } from '../names.js';
import { AsteriskError } from '../port.js';
import { MUSIC_NAME, type MusicAccount } from '../queue-port.js';

/** Music on hold: playlists of URLs in a file written over AMI. */
export class MusicClasses {
  readonly #file: ConfigFile;

  constructor(
    private readonly names: AsteriskNames,
    private readonly action: AmiAction,
    write: ConfigWriter,
  ) {
    this.#file = new ConfigFile(names.files.music, action, write);
  }

  async put(musics: MusicAccount[]): Promise<void> {
    for (const music of musics) checkMusic(music);
    await this.#file.put(
      musics.map(({ name, urls }) => ({
        name: this.names.musicClass(name),
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
