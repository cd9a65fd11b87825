import { randomUUID } from 'node:crypto';
import type { Clock } from '../lib/clock.js';
import type { AriEvent } from './ari/ari-schema.js';
import { ariPath, type AriRequest } from './ari/ari-request.js';
import { ignoringGone } from './handsets.js';
import { AsteriskError } from './port.js';

/** Asterisk itself gives up a download after 2 s, and tries a missing file again. */
const FETCH_MS = 10_000;

interface Fetch {
  /** Of the playback and of its bridge; a new one each time, for a bridge of the same id may still be going. */
  id: string;
  stopped: boolean;
  settle: (error?: AsteriskError) => void;
}

/**
 * Fetches media into Asterisk's cache, which ARI has no request for: each is played into a bridge without members and stopped at once.
 * Asterisk says that the playback has started before it opens the file, and that it is over when the file is there. All
 * requests go over HTTP: none waits in front of a call on the socket.
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

  /** The link is down: nothing more is heard of what is being fetched. */
  reset(): void {
    this.#fetch?.settle(new AsteriskError('unavailable', 'the link to Asterisk is down'));
  }

  /** Not the application's name: it is no bridge of a call. */
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
