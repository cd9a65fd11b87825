import { ariPath, type AriRequest } from './ari/ari-request.js';
import { recordingsSchema } from './ari/ari-schema.js';
import { ignoringGone } from './handsets.js';
import { AsteriskError } from './port.js';
import { discard, isRecordingId, type RecordedFile, type RecordingPort } from './recording-port.js';

interface RecordingLinks {
  /** Name of our application: its recordings are in a folder of that name. */
  app: string;
  request(request: AriRequest): Promise<unknown>;
  /** A file over HTTP: the events' socket takes none. */
  download(path: string): Promise<RecordedFile>;
}

/** Ends the name of a second recording of a queue's talk, in which pauses without packets are silence (see `[cordboard-queue-record]` in the dialplan). */
const STEADY = '~steady';
/** One second of 8 kHz, mono, 16 bit: a second recording that is longer by less has no pauses that the first one lacks. */
const PAUSE_BYTES = 16_000;

/** What ARI answers to a listing when Asterisk's folder of recordings does not exist. */
const NO_FOLDER = 'Allocation failed';

/** Recordings in Asterisk's spool, over ARI. */
export class Recordings implements RecordingPort {
  constructor(private readonly links: RecordingLinks) {}

  async start({ recordingId, bridgeId }: { recordingId: string; bridgeId: string }): Promise<void> {
    const query = { name: this.#nameOf(recordingId), format: 'wav', ifExists: 'fail', terminateOn: 'none' };
    try {
      await this.links.request({ method: 'POST', path: ariPath('bridges', bridgeId, 'record'), query });
    } catch (error) {
      if (!(error instanceof AsteriskError && error.reason === 'conflict')) throw error;
    }
  }

  async stop(recordingId: string): Promise<void> {
    const path = ariPath('recordings', 'live', this.#nameOf(recordingId), 'stop');
    await ignoringGone(this.links.request({ method: 'POST', path }));
  }

  async list(): Promise<string[]> {
    const found = await this.links
      .request({ method: 'GET', path: 'recordings/stored' })
      .catch((error: unknown) => (isNoFolder(error) ? [] : Promise.reject(error as Error)));
    const folder = `${this.links.app}/`;
    const ids = recordingsSchema
      .parse(found)
      .filter(({ name }) => name.startsWith(folder))
      .map(({ name }) => withoutSuffix(name.slice(folder.length)))
      .filter(isRecordingId);
    return [...new Set(ids)];
  }

  async read(recordingId: string): Promise<RecordedFile> {
    const first = await this.#download(recordingId);
    const steady = await this.#download(recordingId + STEADY).catch((error: unknown) => {
      discard(first);
      throw error;
    });
    const hasPauses = steady !== undefined && steady.bytes - (first?.bytes ?? 0) >= PAUSE_BYTES;
    const [chosen, other] = hasPauses ? [steady, first] : [first ?? steady, first && steady];
    discard(other);
    if (chosen === undefined) throw new AsteriskError('gone', 'there is no such recording');
    return chosen;
  }

  async remove(recordingId: string): Promise<void> {
    // The second one first: while the first is there, the recording is still listed.
    for (const id of [recordingId + STEADY, recordingId]) {
      const path = ariPath('recordings', 'stored', this.#nameOf(id));
      await ignoringGone(this.links.request({ method: 'DELETE', path }));
    }
  }

  /** Undefined when there is none of that name. */
  async #download(id: string): Promise<RecordedFile | undefined> {
    try {
      return await this.links.download(ariPath('recordings', 'stored', this.#nameOf(id), 'file'));
    } catch (error) {
      if (error instanceof AsteriskError && error.reason === 'gone') return undefined;
      throw error;
    }
  }

  #nameOf(recordingId: string): string {
    if (!isRecordingId(recordingId)) throw new AsteriskError('refused', 'the name of a recording is no plain name');
    return `${this.links.app}/${recordingId}`;
  }
}

function withoutSuffix(name: string): string {
  return name.endsWith(STEADY) ? name.slice(0, -STEADY.length) : name;
}

function isNoFolder(error: unknown): boolean {
  return error instanceof AsteriskError && error.reason === 'refused' && error.message === NO_FOLDER;
}
