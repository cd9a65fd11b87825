import { ariPath, type AriRequest } from './ari/ari-request.js';
import { recordingsSchema } from './ari/ari-schema.js';
import { ignoringConflict, ignoringGone } from './ignored-errors.js';
import { AsteriskError } from './port.js';
import { discard, isRecordingId, type RecordedFile, type RecordingPort } from './recording-port.js';

interface RecordingLinks {
  /** Name of our application and of the folder of its recordings. */
  app: string;
  request(request: AriRequest): Promise<unknown>;
  /** Downloads over HTTP: the events socket cannot transfer files. */
  download(path: string): Promise<RecordedFile>;
}

/**
 * Suffix of a queue talk's second recording, which fills pauses without packets with silence (see
 * `[cordboard-queue-record]` in the dialplan).
 */
const STEADY = '~steady';
/** One second of 8 kHz, mono, 16 bit. The second recording must be longer by this much to be preferred. */
const PAUSE_BYTES = 16_000;

/** ARI's error message when Asterisk's recordings folder does not exist. */
const NO_FOLDER = 'Allocation failed';

/** Recordings in Asterisk's spool, over ARI. */
export class Recordings implements RecordingPort {
  constructor(private readonly links: RecordingLinks) {}

  async start({ recordingId, bridgeId }: { recordingId: string; bridgeId: string }): Promise<void> {
    await this.#start(ariPath('bridges', bridgeId, 'record'), recordingId, { terminateOn: 'none' });
  }

  async startMessage(request: { recordingId: string; channelId: string; maxS: number; silenceS: number }) {
    const { recordingId, channelId, maxS, silenceS } = request;
    const limits = { maxDurationSeconds: String(maxS), maxSilenceSeconds: String(silenceS), terminateOn: '#' };
    await this.#start(ariPath('channels', channelId, 'record'), recordingId, limits);
  }

  async isRunning(recordingId: string): Promise<boolean> {
    try {
      await this.links.request({ method: 'GET', path: ariPath('recordings', 'live', this.#nameOf(recordingId)) });
      return true;
    } catch (error) {
      if (error instanceof AsteriskError && error.reason === 'gone') return false;
      throw error;
    }
  }

  async stop(recordingId: string): Promise<void> {
    const path = ariPath('recordings', 'live', this.#nameOf(recordingId), 'stop');
    // A conflict: it is just ending.
    await ignoringConflict(ignoringGone(this.links.request({ method: 'POST', path })));
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
    // The second one first: the recording stays listed while the first exists.
    for (const id of [recordingId + STEADY, recordingId]) {
      const path = ariPath('recordings', 'stored', this.#nameOf(id));
      await ignoringGone(this.links.request({ method: 'DELETE', path }));
    }
  }

  async #start(path: string, recordingId: string, limits: Record<string, string>): Promise<void> {
    const query = { name: this.#nameOf(recordingId), format: 'wav', ifExists: 'fail', ...limits };
    try {
      await this.links.request({ method: 'POST', path, query });
    } catch (error) {
      // Asterisk answers so too when the channel has left the application.
      const mayExist = error instanceof AsteriskError && error.reason === 'conflict';
      if (!mayExist || !(await this.#exists(recordingId))) throw error;
    }
  }

  async #exists(recordingId: string): Promise<boolean> {
    if (await this.isRunning(recordingId)) return true;
    const path = ariPath('recordings', 'stored', this.#nameOf(recordingId));
    return (await ignoringGone(this.links.request({ method: 'GET', path }))) !== undefined;
  }

  /** Undefined when there is no such recording. */
  async #download(id: string): Promise<RecordedFile | undefined> {
    try {
      return await this.links.download(ariPath('recordings', 'stored', this.#nameOf(id), 'file'));
    } catch (error) {
      if (error instanceof AsteriskError && error.reason === 'gone') return undefined;
      throw error;
    }
  }

  #nameOf(recordingId: string): string {
    if (!isRecordingId(recordingId))
      throw new AsteriskError('refused', 'the recording id contains characters that are not allowed');
    return `${this.links.app}/${recordingId}`;
  }
}

function withoutSuffix(name: string): string {
  return name.endsWith(STEADY) ? name.slice(0, -STEADY.length) : name;
}

function isNoFolder(error: unknown): boolean {
  return error instanceof AsteriskError && error.reason === 'refused' && error.message === NO_FOLDER;
}
