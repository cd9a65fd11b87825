import { soundOf, toneFrequencies, type PromptSound } from './tone-table.js';

/** Recognises test prompts in what a caller received: Goertzel over a sliding window, then segments of equal windows. */

/** A sound of some duration. `unknown` is sound that is no prompt: noise, speech, two prompts at once, digits. */
export type Sound =
  ({ kind: 'prompt' } & PromptSound) | { kind: 'ringback' } | { kind: 'silence' } | { kind: 'unknown' };

/** Times count from the first sample. Prompts repeated without a pause between them are one segment. */
export type Heard = Sound & { fromMs: number; toMs: number };

const SAMPLE_RATE_HZ = 8000;
/** 40 ms: bins of 25 Hz, and with the Hann window a neighbour 50 Hz away falls into a zero. */
const WINDOW = 320;
const HOP = 160;
/** This many equal windows in a row make a segment (60 ms): shorter ones are edges, lost packets or clicks. */
const MIN_WINDOWS = 3;
/** Mean square of windowed samples below which it is silence: about -50 dB of full scale. */
const SILENCE_POWER = 100 ** 2;
/** Minimum share of a window's energy in the two strongest bins. A clean pair has 0.67 there. */
const MIN_PAIR_SHARE = 0.5;
/** The weaker tone's energy against the stronger's. */
const MIN_BALANCE = 0.15;
/** The third strongest frequency's energy against the second's: a clean pair has next to nothing there. */
const MAX_THIRD = 0.25;
const MIN_RINGBACK_SHARE = 0.8;
const ringbackBins = [400, 425, 450, 475, 500];

const hann = Float64Array.from({ length: WINDOW }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / WINDOW));
const hannPower = hann.reduce((sum, weight) => sum + weight * weight, 0);

/** Energy of a windowed frame at one frequency, scaled so that over all bins it adds up to the frame's energy (Parseval). */
function goertzel(frame: Float64Array, hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / SAMPLE_RATE_HZ);
  let before = 0;
  let last = 0;
  for (const sample of frame) {
    const next = sample + coefficient * last - before;
    before = last;
    last = next;
  }
  return (2 * (last * last + before * before - coefficient * last * before)) / WINDOW;
}

function classify(frame: Float64Array): Sound {
  let energy = 0;
  for (const sample of frame) energy += sample * sample;
  if (energy / hannPower < SILENCE_POWER) return { kind: 'silence' };
  const ranked = toneFrequencies.map((hz) => ({ hz, energy: goertzel(frame, hz) })).sort((a, b) => b.energy - a.energy);
  const [first, second, third] = [ranked[0]!, ranked[1]!, ranked[2]!];
  const isPair =
    first.energy + second.energy >= energy * MIN_PAIR_SHARE &&
    second.energy >= first.energy * MIN_BALANCE &&
    third.energy <= second.energy * MAX_THIRD;
  if (isPair) {
    const sound = soundOf(Math.min(first.hz, second.hz), Math.max(first.hz, second.hz));
    return sound === undefined ? { kind: 'unknown' } : { kind: 'prompt', ...sound };
  }
  const ringing = ringbackBins.reduce((sum, hz) => sum + goertzel(frame, hz), 0);
  return { kind: ringing >= energy * MIN_RINGBACK_SHARE ? 'ringback' : 'unknown' };
}

/** True when the two are the same prompt in the same language, or of the same other kind. */
export function sameSound(a: Sound, b: Sound): boolean {
  if (a.kind !== 'prompt' || b.kind !== 'prompt') return a.kind === b.kind;
  return a.prompt === b.prompt && a.language === b.language;
}

const toMs = (samples: number) => (samples * 1000) / SAMPLE_RATE_HZ;

/** Recognises a stream while it arrives; {@link recognise} does the same for complete audio. */
export class Recogniser {
  readonly #buffer = new Int16Array(WINDOW);
  #filled = 0;
  #samples = 0;
  readonly #segments: Heard[] = [];
  #run: { sound: Sound; from: number; to: number; windows: number } | undefined;

  /** Segments so far; the last one is still growing. */
  get segments(): readonly Heard[] {
    return this.#segments;
  }

  /** Samples taken in so far. */
  get samples(): number {
    return this.#samples;
  }

  push(pcm: Int16Array): void {
    for (let taken = 0; taken < pcm.length;) {
      const part = pcm.subarray(taken, taken + WINDOW - this.#filled);
      this.#buffer.set(part, this.#filled);
      this.#filled += part.length;
      this.#samples += part.length;
      taken += part.length;
      if (this.#filled === WINDOW) this.#takeWindow();
    }
  }

  #takeWindow(): void {
    const sound = classify(Float64Array.from(this.#buffer, (sample, n) => sample * hann[n]!));
    const centre = this.#samples - WINDOW / 2;
    this.#buffer.copyWithin(0, HOP);
    this.#filled = WINDOW - HOP;
    if (this.#run === undefined || !sameSound(this.#run.sound, sound)) {
      this.#run = { sound, from: centre - HOP / 2, to: 0, windows: 0 };
    }
    this.#run.windows += 1;
    this.#run.to = centre + HOP / 2;
    if (this.#run.windows >= MIN_WINDOWS) this.#confirm(this.#run);
  }

  #confirm(run: { sound: Sound; from: number; to: number }): void {
    const current = this.#segments.at(-1);
    if (current !== undefined && sameSound(current, run.sound)) {
      current.toMs = toMs(run.to);
      return;
    }
    // A gap between two segments was too short to be one: each side gets half of it.
    const fromMs = current === undefined ? 0 : (current.toMs + toMs(run.from)) / 2;
    if (current !== undefined) current.toMs = fromMs;
    this.#segments.push({ ...run.sound, fromMs, toMs: toMs(run.to) });
  }
}

/** The sounds in the samples, in order and without gaps. Audio shorter than 80 ms has none. */
export function recognise(pcm: Int16Array, sampleRate = SAMPLE_RATE_HZ): Heard[] {
  if (sampleRate !== SAMPLE_RATE_HZ) throw new RangeError(`Recognises ${SAMPLE_RATE_HZ} Hz only, not ${sampleRate}`);
  const recogniser = new Recogniser();
  recogniser.push(pcm);
  recogniser.push(new Int16Array(HOP)); // moves the last samples to the middle of a window
  return recogniser.segments.map((segment, index, all) => ({
    ...segment,
    toMs: index === all.length - 1 ? toMs(pcm.length) : segment.toMs,
  }));
}
