import type {
  CommandName,
  EmbeddedEvent,
  FromFrame,
  Handshake,
  LockRequest,
  ToFrame,
} from '../console/embed/protocol.js';

/**
 * `phone.js`: puts the phone of an operator into a page of another server, as a frame of the gateway, and gives the page its events and
 * commands. It has no imports and declares nothing globally but `CordboardPhone`, because it runs as a classic script in a foreign page.
 */
(() => {
  const script = document.currentScript as HTMLScriptElement;
  const { token = '', tokenUrl, target, lang, title, on } = script.dataset;
  const gateway = new URL(script.src).origin;
  /** The first token is used once. */
  let nextToken = token;

  class CordboardPhone extends EventTarget {
    /** The last known state; undefined until the phone is open. */
    state: Extract<EmbeddedEvent, { name: 'state' }>['detail'] | undefined;
    readonly frame = document.createElement('iframe');
    #port: MessagePort | undefined;
    #lastId = 0;
    readonly #waiting = new Map<number, (error: string | null) => void>();
    /** What releases each lock of the frame, or cancels its request. */
    readonly #locks = new Map<number, () => void>();

    constructor() {
      super();
      const { frame } = this;
      const query = new URLSearchParams({ origin: location.origin, lang: lang ?? document.documentElement.lang });
      frame.src = `${gateway}/phone-frame?${query}`;
      frame.allow = 'microphone; autoplay; speaker-selection';
      frame.title = title ?? 'Cordboard';
      frame.width = '100%';
      frame.height = '64';
      // Through the object model: a policy without inline styles permits it.
      Object.assign(frame.style, { border: '0', display: 'block', colorScheme: 'normal' });
      addEventListener('message', this.#onWindowMessage);
      const place = target === undefined ? undefined : document.querySelector(target);
      if (place) place.append(frame);
      else script.after(frame);
    }

    /** Gives the phone another token, after the event `tokenneeded`. */
    useToken(given: string): void {
      if (this.#port === undefined) nextToken = given;
      else this.#post({ type: 'token', token: given });
    }

    remove(): void {
      removeEventListener('message', this.#onWindowMessage);
      this.#disconnect();
      this.frame.remove();
    }

    readonly switchOn = () => this.#command('switchOn');
    readonly switchOff = () => this.#command('switchOff');
    readonly dial = (number: string) => this.#command('dial', number);
    readonly answer = (call?: string) => this.#command('answer', call);
    readonly hangUp = (call?: string) => this.#command('hangUp', call);
    readonly hold = (call?: string) => this.#command('hold', call);
    readonly resume = (call?: string) => this.#command('resume', call);
    readonly mute = (isMuted = true, call?: string) => this.#command('mute', isMuted, call);
    readonly sendKeys = (keys: string, call?: string) => this.#command('sendKeys', keys, call);
    readonly transfer = (
      to: { handset: string } | { queue: number } | { line: string } | { number: string },
      call?: string,
    ) => this.#command('transfer', to, call);

    /** Rejects with an error whose message is a {@link CommandError}, or `not_connected`. */
    #command(name: CommandName, ...args: unknown[]): Promise<void> {
      return new Promise((resolve, reject) => {
        if (this.#port === undefined) {
          reject(new Error('not_connected'));
          return;
        }
        const id = ++this.#lastId;
        this.#waiting.set(id, (error) => (error === null ? resolve() : reject(new Error(error))));
        this.#post({ type: 'command', id, name, args });
      });
    }

    #post(message: ToFrame): void {
      this.#port?.postMessage(message);
    }

    #disconnect(): void {
      this.#port?.close();
      this.#port = undefined;
      for (const settle of this.#waiting.values()) settle('not_connected');
      this.#waiting.clear();
      for (const release of this.#locks.values()) release();
      this.#locks.clear();
    }

    readonly #onWindowMessage = ({ source, origin, data }: MessageEvent<Handshake | null>): void => {
      if (source !== this.frame.contentWindow || origin !== gateway || data?.cordboard !== 'ready') return;
      // The frame was loaded, perhaps again.
      this.#disconnect();
      const { port1, port2 } = new MessageChannel();
      this.#port = port1;
      port1.onmessage = (event: MessageEvent<FromFrame>) => this.#onMessage(event.data);
      const connect: Handshake = { cordboard: 'connect', token: nextToken, isOn: on !== undefined };
      nextToken = '';
      this.frame.contentWindow?.postMessage(connect, gateway, [port2]);
    };

    #onMessage(message: FromFrame): void {
      switch (message.type) {
        case 'event':
          if (message.event.name === 'state') this.state = message.event.detail;
          this.#emit(message.event.name, message.event.detail);
          break;
        case 'answer':
          this.#waiting.get(message.id)?.(message.error);
          this.#waiting.delete(message.id);
          break;
        case 'height':
          this.frame.height = String(message.px);
          break;
        case 'token_needed':
          void this.#fetchToken();
          break;
        case 'lock':
          void this.#lock(message.id, message.name, message.how);
          break;
        case 'unlock':
          this.#locks.get(message.id)?.();
          this.#locks.delete(message.id);
      }
    }

    async #lock(id: number, name: string, how: LockRequest): Promise<void> {
      const waiting = new AbortController();
      this.#locks.set(id, () => waiting.abort());
      const options =
        how === 'wait' ? { signal: waiting.signal } : how === 'steal' ? { steal: true } : { ifAvailable: true };
      try {
        await navigator.locks.request(name, options, (lock) => {
          this.#post({ type: 'locked', id, isHeld: lock !== null });
          return lock && new Promise<void>((release) => this.#locks.set(id, release));
        });
      } catch {
        this.#post({ type: 'lock_lost', id });
      }
    }

    /** From the page's own server, if it has an address for tokens. */
    async #fetchToken(): Promise<void> {
      this.#emit('tokenneeded', null);
      if (tokenUrl === undefined) return;
      try {
        const response = await fetch(tokenUrl, { method: 'POST', credentials: 'same-origin', cache: 'no-store' });
        const answer = (await response.json()) as { token?: unknown };
        if (response.ok && typeof answer.token === 'string') this.useToken(answer.token);
      } catch {
        // The phone asks again.
      }
    }

    #emit(name: string, detail: unknown): void {
      this.dispatchEvent(new CustomEvent(name, { detail }));
    }
  }

  Object.assign(window, { CordboardPhone: new CordboardPhone() });
})();
