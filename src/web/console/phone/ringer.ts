import { signal, type ReadonlySignal } from '@preact/signals';
import { playOnChosen } from './devices.js';

/** One ring with the pause after it, in seconds. */
const RING_S = 3;
const TONE_S = 0.4;
const TONES = [
  { atS: 0, hz: 660 },
  { atS: 0.45, hz: 880 },
  { atS: 0.9, hz: 660 },
];
const VOLUME = 0.3;
/** Softens the beginning and the end of a tone. */
const EDGE_S = 0.02;

/** Plays the ringing sound on its own device. It is one looped piece of audio, because timers of a hidden tab are late. */
export class Ringer {
  readonly #audio = new Audio();
  readonly #isSilent = signal(false);
  #output: { context: AudioContext; target: AudioNode } | undefined;
  #ringing: AudioBufferSourceNode | undefined;

  constructor() {
    playOnChosen(this.#audio, 'ringing');
  }

  /** The browser plays no sound before the visitor has pressed something on the page. */
  get isSilent(): ReadonlySignal<boolean> {
    return this.#isSilent;
  }

  /** Gets ready to ring. After a press, it may ring although it was silent before. */
  prepare(): void {
    if (this.#output === undefined) {
      const context = new AudioContext();
      const target = context.createMediaStreamDestination();
      this.#output = { context, target };
      this.#audio.srcObject = target.stream;
      context.addEventListener('statechange', () => this.#update());
    }
    void this.#output.context.resume();
    this.#audio.play().then(
      () => this.#update(),
      () => this.#update(),
    );
    this.#update();
  }

  ring(): void {
    if (this.#ringing !== undefined || this.#output === undefined) return;
    const { context, target } = this.#output;
    this.#ringing = new AudioBufferSourceNode(context, { buffer: ringIn(context), loop: true });
    this.#ringing.connect(target);
    this.#ringing.start();
  }

  stop(): void {
    this.#ringing?.stop();
    this.#ringing = undefined;
  }

  #update(): void {
    this.#isSilent.value = this.#output?.context.state !== 'running' || this.#audio.paused;
  }
}

function ringIn(context: AudioContext): AudioBuffer {
  const { sampleRate } = context;
  const buffer = new AudioBuffer({ length: RING_S * sampleRate, sampleRate });
  const samples = buffer.getChannelData(0);
  for (const { atS, hz } of TONES) {
    const start = Math.round(atS * sampleRate);
    for (let index = 0; index < TONE_S * sampleRate; index += 1) {
      const s = index / sampleRate;
      const edge = Math.min(1, s / EDGE_S, (TONE_S - s) / EDGE_S);
      samples[start + index] = VOLUME * edge * Math.sin(2 * Math.PI * hz * s);
    }
  }
  return buffer;
}
