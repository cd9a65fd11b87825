import type { TabPort } from './operator-phone.js';
import type { PhoneEvent } from './phone-state.js';

/** How long the other tab may take to answer; a frozen tab does not. */
const ANSWER_MS = 2_000;

type Message = 'request' | 'refused';

/** The part of the browser's locks that a tab needs. */
export interface TabLocks {
  request(name: string, options: LockOptions, granted: (lock: unknown) => Promise<boolean> | boolean): Promise<boolean>;
}

/**
 * One tab of the browser at a time is the phone: it holds a lock of the browser, which ends with the tab. The other tabs wait for it,
 * and can request it.
 */
export class PhoneTab implements TabPort {
  /** Frames of other sites have no locks of their own. */
  static locks: TabLocks = navigator.locks;
  readonly #channel: BroadcastChannel;
  #letGo: (() => void) | undefined;
  #waiting: AbortController | undefined;
  #stealing: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly name: string,
    private readonly report: (event: PhoneEvent) => void,
  ) {
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }: MessageEvent<Message>) => this.#onMessage(data);
  }

  claim(): void {
    void this.#claim();
  }

  release(): void {
    this.#waiting?.abort();
    this.#letGo?.();
    this.#letGo = undefined;
  }

  requestFromOther(): void {
    this.#post('request');
    clearTimeout(this.#stealing);
    this.#stealing = setTimeout(() => void this.#hold({ steal: true }), ANSWER_MS);
  }

  refuseOther(): void {
    this.#post('refused');
  }

  async #claim(): Promise<void> {
    const isFree = await this.#hold({ ifAvailable: true });
    if (isFree) return;
    this.report({ type: 'tab_elsewhere' });
    this.#waiting?.abort();
    this.#waiting = new AbortController();
    await this.#hold({ signal: this.#waiting.signal });
  }

  /** Resolves when the lock is held and given back, with false when it was not free or is no longer wanted. */
  async #hold(options: LockOptions): Promise<boolean> {
    const turn = { isHeld: false };
    try {
      return await PhoneTab.locks.request(this.name, options, (lock) => {
        if (lock === null) return false;
        turn.isHeld = true;
        clearTimeout(this.#stealing);
        // A lock that was stolen makes the waiting request needless.
        if (options.steal === true) this.#waiting?.abort();
        this.report({ type: 'tab_claimed' });
        return new Promise<boolean>((resolve) => (this.#letGo = () => resolve(true)));
      });
    } catch {
      // Another tab stole the lock, or the wait was ended.
      if (turn.isHeld) this.report({ type: 'tab_lost' });
      return turn.isHeld;
    }
  }

  #post(message: Message): void {
    this.#channel.postMessage(message);
  }

  #onMessage(message: Message): void {
    if (message === 'request') this.report({ type: 'tab_requested' });
    else {
      clearTimeout(this.#stealing);
      this.report({ type: 'take_over_refused' });
    }
  }
}
