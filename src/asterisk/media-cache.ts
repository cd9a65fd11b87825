import { randomUUID } from 'node:crypto';
import type { Clock } from '../lib/clock.js';
import type { AriEvent } from './ari/ari-schema.js';
import { ariPath, type AriRequest } from './ari/ari-request.js';
import { ignoringGone } from './ignored-errors.js';
import { AsteriskError } from './port.js';

/** Asterisk's own download timeout is 2 s, and it retries a missing file. */
const FETCH_MS = 10_000;

interface Fetch {
  /** Id of the playback and its bridge; unique, because an earlier bridge may still be closing. */
  id: string;
  stopped: boolean;
  settle: (error?: AsteriskError) => void;
}

/**
 * Loads media into Asterisk's cache. ARI has no request for that, so each medium is played into a bridge without members and
 * stopped at once: Asterisk reports the start before it opens the file, and the end when the file is cached. All requests
 * go over HTTP so that none delays a call's requests on the socket.
 */
export class MediaCache {
  #fetch: Fetch | undefined;

  constructor(
    private readonly options: { app: string; request: (request: AriRequest) => Promise<unknown>; clock: Clock },
  ) {}

  /** One at a time. @throws AsteriskError */
  async fetch(media: string): Promise<void> {
    if (this.#fetch !== undefined) throw new AsteriskError('conflict', 'another medium is being fetched');
    const { clock } = this.options;
    const id = `${this.#name}-${randomUUID()}`;
    let cancel: () => void = () => undefined;
    const fetched = new Promise<void>((resolve, reject) => {
      this.#fetch = {
        id,
        stopped: false,
        settle: (error) => (error === undefined ? resolve() : reject(error)),
      };
      const late = new AsteriskError('unavailable', 'the medium was not fetched in time');
      cancel = clock.wakeAt(clock.now() + FETCH_MS, () => reject(late));
    });
    fetched.catch(() => undefined);
    try {
      await this.#makeBridge(id);
      await this.#send({
        method: 'POST',
        path: ariPath('bridges', id, 'play', id),
        body: { media: [media] },
      });
      await fetched;
    } finally {
      cancel();
      this.#fetch = undefined;
      await ignoringGone(this.#send({ method: 'DELETE', path: ariPath('bridges', id) })).catch(() => undefined);
    }
  }

  fromAri(event: AriEvent): void {
    const fetch = this.#fetch;
    if (fetch === undefined || !('playback' in event) || event.playback.id !== fetch.id) return;
    if (event.type === 'PlaybackFinished') {
      const failed = event.playback.state === 'failed';
      fetch.settle(failed ? new AsteriskError('refused', 'Asterisk could not fetch the medium') : undefined);
    } else if (!fetch.stopped) {
      fetch.stopped = true;
      this.#send({ method: 'DELETE', path: ariPath('playbacks', fetch.id) }).catch(() => undefined);
    }
  }

  /** Fails the running fetch when the link is down. */
  reset(): void {
    this.#fetch?.settle(new AsteriskError('unavailable', 'the link to Asterisk is down'));
  }

  /** Differs from the application's name, which marks bridges of calls. */
  get #name(): string {
    return `${this.options.app}-media`;
  }

  async #makeBridge(id: string): Promise<void> {
    const query = { type: 'mixing', name: this.#name };
    await this.#send({ method: 'POST', path: ariPath('bridges', id), query });
    const source = { eventSource: `bridge:${id}` };
    await this.#send({
      method: 'POST',
      path: ariPath('applications', this.options.app, 'subscription'),
      query: source,
    });
  }

  #send(request: AriRequest): Promise<unknown> {
    return this.options.request({ ...request, waitsForChannel: true });
  }
}
