import { ConfigFile, type AmiAction } from '../ami/config-file.js';
import { AsteriskError } from '../port.js';
import { MUSIC_NAME, type MusicAccount } from '../queue-port.js';

/** Included by `musiconhold.conf`. */
const FILE = 'cordboard-music.conf';

/** Name of a music in Asterisk: never one of its owner's. */
export const musicClass = (name: string): string => `m-${name}`;

/** Music on hold: lists of addresses in a file that is written over AMI. */
export class Musics {
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
        name: musicClass(name),
        settings: [['mode', 'playlist'], ...urls.map((url): [string, string] => ['entry', url])],
      })),
    );
    await this.action({ Action: 'Reload', Module: 'res_musiconhold.so' });
  }
}

/** @throws AsteriskError `refused` for what could be taken for something else in Asterisk's files. */
export function checkMusic({ name, urls }: MusicAccount): void {
  if (!MUSIC_NAME.test(name)) throw new AsteriskError('refused', 'a music has a name that is no plain word');
  if (urls.length === 0 || !urls.every(isPlainAddress))
    throw new AsteriskError('refused', `music ${name} has an address that Asterisk cannot be given`);
}

/** Without what begins a comment, a list or another line in Asterisk's files. */
export function isPlainAddress(url: string): boolean {
  return /^https?:\/\/[A-Za-z0-9.:[\]_-]+\/[A-Za-z0-9._~/%-]+$/.test(url);
}
