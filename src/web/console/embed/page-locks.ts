import type { TabLocks } from '../phone/tab.js';
import { isRecord } from './page-port.js';
import type { FromFrame } from './protocol.js';

interface PendingLock {
  onAnswer: (isHeld: boolean) => void;
  onLost: () => void;
}

/** Locks that the page around the frame requests for it, so that one of the pages in a browser is the phone. */
export class PageLocks implements TabLocks {
  readonly #pending = new Map<number, PendingLock>();
  readonly #send: (message: FromFrame) => void;
  #lastId = 0;

  constructor(port: MessagePort) {
    this.#send = (message) => port.postMessage(message);
    port.addEventListener('message', ({ data }) => this.#onMessage(data));
  }

  request(
    name: string,
    { ifAvailable, steal, signal }: LockOptions,
    granted: (lock: unknown) => Promise<boolean> | boolean,
  ): Promise<boolean> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const lost = () => {
        this.#pending.delete(id);
        reject(new DOMException('The lock was lost.', 'AbortError'));
      };
      const use = async (isHeld: boolean) => {
        const result = await granted(isHeld ? {} : null);
        if (isHeld) this.#send({ type: 'unlock', id });
        this.#pending.delete(id);
        resolve(result);
      };
      this.#pending.set(id, { onAnswer: (isHeld) => void use(isHeld), onLost: lost });
      signal?.addEventListener('abort', () => {
        this.#send({ type: 'unlock', id });
        lost();
      });
      const how = ifAvailable === true ? 'if_available' : steal === true ? 'steal' : 'wait';
      this.#send({ type: 'lock', id, name, how });
    });
  }

  #onMessage(data: unknown): void {
    if (!isRecord(data) || typeof data['id'] !== 'number') return;
    const pending = this.#pending.get(data['id']);
    if (data['type'] === 'locked') pending?.onAnswer(data['isHeld'] === true);
    if (data['type'] === 'lock_lost') pending?.onLost();
  }
}
