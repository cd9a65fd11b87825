import { encodeG711 } from '../../support/sip/g711.js';
import { mix } from '../../support/tones.js';

/** The prompts of the benchmark: short tones, each on a frequency that fits a packet (20 ms) a whole number of times. */

export const ASK_PROMPT = 20;
export const STATUS_PROMPTS = [31, 32, 33, 34, 35, 36, 37] as const;
const ASK_MS = 300;
export const STATUS_MS = 400;
/** Two sines at half the level each would beat; one sine added to itself is one sine at full level. */
const tone = (hz: number, durationMs: number) => mix([hz, hz], durationMs);

const frequencies = new Map<number, number>([
  [ASK_PROMPT, 500],
  ...STATUS_PROMPTS.map((prompt, index): [number, number] => [prompt, 750 + 250 * index]),
]);

/** 16-bit samples at 8 kHz. */
export function benchPrompt(prompt: number): Int16Array {
  return tone(frequencies.get(prompt) ?? 0, prompt === ASK_PROMPT ? ASK_MS : STATUS_MS);
}

export function benchPromptAlaw(prompt: number): Uint8Array {
  return encodeG711(benchPrompt(prompt), 8);
}

/** The prompt that one packet (160 samples) is part of; undefined when it is silence, or not clearly one prompt. */
export function promptOfPacket(samples: Int16Array): number | undefined {
  const energy = samples.reduce((sum, sample) => sum + sample * sample, 0);
  if (energy < samples.length * 100 ** 2) return undefined;
  for (const [prompt, hz] of frequencies) if (energyAt(hz, samples) > energy * 0.8) return prompt;
  return undefined;
}

function energyAt(hz: number, samples: Int16Array): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / 8000);
  let before = 0;
  let last = 0;
  for (const sample of samples) [before, last] = [last, sample + coefficient * last - before];
  return (2 * (last * last + before * before - coefficient * last * before)) / samples.length;
}
