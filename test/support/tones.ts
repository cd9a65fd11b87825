import { toneOf } from './sip/tone-table.js';

/** Test prompts: each has its own tone, so that received audio identifies the prompt. */

export { toneFrequencies, toneLanguages, toneOf, type PromptSound } from './sip/tone-table.js';
export { recognise, type Heard, type Sound } from './sip/recogniser.js';

export const SAMPLE_RATE_HZ = 8000;
const WAV_HEADER_BYTES = 44;
/** Each of the two sines, as a part of full scale. */
const AMPLITUDE = 0.25;

/** The prompt's tone as 16-bit samples at 8 kHz. */
export function toneSamples(promptId: number, language: string, durationMs: number): Int16Array {
  return mix(toneOf(promptId, language), durationMs);
}

/** The prompt's tone as a WAV file: 8 kHz, mono, 16 bit. */
export function toneWav(promptId: number, language: string, durationMs: number): Buffer {
  return wav(toneSamples(promptId, language, durationMs));
}

/** Sines of these frequencies (Hz) added up. */
export function mix(frequencies: readonly number[], durationMs: number): Int16Array {
  const samples = new Int16Array(Math.round((durationMs * SAMPLE_RATE_HZ) / 1000));
  for (let n = 0; n < samples.length; n += 1) {
    let sum = 0;
    for (const hz of frequencies) sum += Math.sin((2 * Math.PI * hz * n) / SAMPLE_RATE_HZ);
    samples[n] = Math.round(sum * AMPLITUDE * 32767);
  }
  return samples;
}

/** Wraps 8 kHz mono samples into a WAV file. */
export function wav(samples: Int16Array): Buffer {
  const file = Buffer.alloc(WAV_HEADER_BYTES + samples.length * 2);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(SAMPLE_RATE_HZ, 24);
  file.writeUInt32LE(SAMPLE_RATE_HZ * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((sample, index) => file.writeInt16LE(sample, WAV_HEADER_BYTES + index * 2));
  return file;
}
