import { ariPath, type AriRequest } from './ari/ari-request.js';
import { ignoringGone } from './ignored-errors.js';
import type { RecordedFile } from './recording-port.js';

/**
 * What only a test call needs: to send digits into a channel of our application, and to record what its party sends without keeping it. Part of the
 * Asterisk port: `loopBack` of the same class.
 */
export interface LoopBackPort {
  /** The channel's party hears them. @throws AsteriskError */
  sendDigits(channelId: string, digits: string): Promise<void>;
  /** Records what the channels of a bridge hear from their parties, for a few seconds at most. @throws AsteriskError */
  startRecording(bridgeId: string): Promise<void>;
  /** Ends the recording of a test call and removes it. @returns the WAV file @throws AsteriskError `gone` */
  takeRecording(): Promise<Buffer>;
}

interface LoopBackLinks {
  app: string;
  request(request: AriRequest): Promise<unknown>;
  download(path: string): Promise<RecordedFile>;
}

const MAX_RECORDING_S = 10;

export class LoopBack implements LoopBackPort {
  constructor(private readonly links: LoopBackLinks) {}

  async sendDigits(channelId: string, digits: string): Promise<void> {
    const query = { dtmf: digits };
    await this.links.request({ method: 'POST', path: ariPath('channels', channelId, 'dtmf'), query });
  }

  async startRecording(bridgeId: string): Promise<void> {
    const query = {
      name: this.#name,
      format: 'wav',
      maxDurationSeconds: String(MAX_RECORDING_S),
      // What an interrupted test call left behind.
      ifExists: 'overwrite',
      terminateOn: 'none',
    };
    await this.links.request({ method: 'POST', path: ariPath('bridges', bridgeId, 'record'), query });
  }

  async takeRecording(): Promise<Buffer> {
    await ignoringGone(this.links.request({ method: 'POST', path: ariPath('recordings', 'live', this.#name, 'stop') }));
    try {
      const { content } = await this.links.download(ariPath('recordings', 'stored', this.#name, 'file'));
      const chunks: Buffer[] = [];
      for await (const chunk of content) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    } finally {
      await ignoringGone(
        this.links.request({ method: 'DELETE', path: ariPath('recordings', 'stored', this.#name) }),
      ).catch(() => undefined);
    }
  }

  /** Outside the folder of the gateway's recordings, which are fetched and shown. */
  get #name(): string {
    return `${this.links.app}-doctor/loop-back`;
  }
}
