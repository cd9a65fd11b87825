import { readWavLayout } from '../prompts/wav.js';

/** Tones of the test calls: each direction has its own. */

const RATE = 8000;
/** A quarter of full scale, far from clipping. */
const AMPLITUDE = 8192;
/** 20 ms: long enough to tell the tones of the test call apart. */
const WINDOW = 160;
/** The part of a window's energy that the tone must have, and the part of the tone's windows that must have it. */
const PURE = 0.7;
/** Softer windows are silence (mean square of 16-bit samples). */
const SILENCE = 10_000;

/** What a recording may lack of a tone: Asterisk begins to record and to play at its own pace. */
const HEARD_PART = 0.6;
/** Silence at the end of a recording, so that it holds all of the tone. */
export const TAIL_MS = 300;

export interface Tone {
  hz: number;
  milliseconds: number;
}

export interface ServedTone extends Tone {
  /** ARI media URI. */
  media: string;
}

/** Samples (8 kHz, mono, 16 bit) of a sine. */
export function toneSamples(hz: number, milliseconds: number): Buffer {
  const count = Math.round((milliseconds * RATE) / 1000);
  const samples = Buffer.alloc(count * 2);
  for (let n = 0; n < count; n += 1)
    samples.writeInt16LE(Math.round(AMPLITUDE * Math.sin((2 * Math.PI * hz * n) / RATE)), n * 2);
  return samples;
}

export interface HeardTone {
  /** How long the tone is heard. */
  toneMs: number;
  /** How long anything else is heard. */
  otherMs: number;
}

/** How long a tone, and how long anything else, is heard in samples (8 kHz, mono, 16 bit). */
export function hearTone(samples: Buffer, hz: number): HeardTone {
  let tone = 0;
  let other = 0;
  for (let at = 0; at + WINDOW * 2 <= samples.length; at += WINDOW * 2) {
    const window = Array.from({ length: WINDOW }, (_, n) => samples.readInt16LE(at + n * 2));
    const energy = window.reduce((sum, sample) => sum + sample * sample, 0) / WINDOW;
    if (energy < SILENCE) continue;
    if (powerAt(window, hz) / energy > PURE) tone += 1;
    else other += 1;
  }
  const windowMs = (WINDOW * 1000) / RATE;
  return { toneMs: tone * windowMs, otherMs: other * windowMs };
}

/** Says what is lost of a tone in samples (8 kHz, mono, 16 bit); undefined when enough of it is heard. */
export function lostOfTone(samples: Buffer, { hz, milliseconds }: Tone): string | undefined {
  const { toneMs, otherMs } = hearTone(samples, hz);
  if (toneMs >= milliseconds * HEARD_PART && otherMs <= toneMs) return undefined;
  return `${toneMs} ms of a tone of ${milliseconds} ms were heard, and ${otherMs} ms of something else`;
}

/** The samples of a WAV file; none when it is damaged. */
export function samplesOf(wav: Buffer): Buffer {
  return wav.subarray(readWavLayout(wav)?.dataOffset ?? wav.length);
}

/** Mean power at one frequency (Goertzel). */
function powerAt(window: readonly number[], hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / RATE);
  let [before, last] = [0, 0];
  for (const sample of window) [before, last] = [last, sample + coefficient * last - before];
  const square = last * last + before * before - coefficient * last * before;
  return (2 * square) / (window.length * window.length);
}
