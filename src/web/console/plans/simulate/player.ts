import { signal } from '@preact/signals';

/** Plays the prompts of a simulated call, one after another. */
export class PromptPlayer {
  /** The position in the list that was passed to {@link play}; undefined while nothing is played. */
  readonly playing = signal<number | undefined>(undefined);
  readonly #audio = new Audio();
  #waiting: [position: number, address: string][] = [];

  constructor() {
    this.#audio.addEventListener('ended', () => this.#next());
    this.#audio.addEventListener('error', () => this.#next());
  }

  /** Plays these in place of what is playing. Audio without an address is skipped. */
  play(addresses: readonly (string | null)[], muted: boolean): void {
    this.stop();
    this.#waiting = addresses.flatMap((address, position) => (address === null ? [] : [[position, address]]));
    this.setMuted(muted);
    this.#next();
  }

  setMuted(muted: boolean): void {
    this.#audio.muted = muted;
  }

  stop(): void {
    this.#waiting = [];
    this.#audio.pause();
    this.playing.value = undefined;
  }

  #next(): void {
    const [position, address] = this.#waiting.shift() ?? [];
    this.playing.value = position;
    if (address === undefined) return;
    this.#audio.src = address;
    // A browser may refuse to play before the first press of a button.
    void this.#audio.play().catch(() => this.stop());
  }
}
