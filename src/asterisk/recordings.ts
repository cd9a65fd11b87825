import { ariPath, type AriRequest } from './ari/ari-request.js';
import { recordingsSchema } from './ari/ari-schema.js';
import { ignoringGone } from './handsets.js';
import { AsteriskError } from './port.js';
import { isRecordingId, type RecordedFile, type RecordingPort } from './recording-port.js';

interface RecordingLinks {
  /** Name of our application: its recordings are in a folder of that name. */
  app: string;
  request(request: AriRequest): Promise<unknown>;
  /** A file over HTTP: the events' socket takes none. */
  download(path: string): Promise<RecordedFile>;
}

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
    return recordingsSchema
      .parse(found)
      .filter(({ name }) => name.startsWith(folder))
      .map(({ name }) => name.slice(folder.length))
      .filter(isRecordingId);
  }

  read(recordingId: string): Promise<RecordedFile> {
    return this.links.download(ariPath('recordings', 'stored', this.#nameOf(recordingId), 'file'));
  }

  async remove(recordingId: string): Promise<void> {
    const path = ariPath('recordings', 'stored', this.#nameOf(recordingId));
    await ignoringGone(this.links.request({ method: 'DELETE', path }));
  }

  #nameOf(recordingId: string): string {
    if (!isRecordingId(recordingId)) throw new AsteriskError('refused', 'the name of a recording is no plain name');
    return `${this.links.app}/${recordingId}`;
  }
}

function isNoFolder(error: unknown): boolean {
  return error instanceof AsteriskError && error.reason === 'refused' && error.message === NO_FOLDER;
}
