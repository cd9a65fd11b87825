import { open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { readWavLayout } from '../prompts/wav.js';
import type { DurationOf } from './simulated-ports.js';

/** Default duration of audio. */
const UNKNOWN_MS = 3000;
const HEADER_BYTES = 4096;

/** Durations of prompts from a folder laid out as `<language>/<sound>.wav`; other audio counts as three seconds. */
export async function soundLengths(folder: string): Promise<DurationOf> {
  const lengths = new Map<string, number>();
  for (const language of await readdir(folder).catch(() => [])) {
    for (const file of await readdir(path.join(folder, language)).catch(() => [])) {
      const ms = file.endsWith('.wav') ? await wavLength(path.join(folder, language, file)) : undefined;
      if (ms !== undefined) lengths.set(`${language}/${path.basename(file, '.wav')}`, ms);
    }
  }
  return ({ sound, audio }, language) => {
    if (audio?.[language] !== undefined) return UNKNOWN_MS;
    return sound === undefined ? undefined : lengths.get(`${language}/${sound}`);
  };
}

async function wavLength(file: string): Promise<number | undefined> {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    const layout = readWavLayout(buffer.subarray(0, bytesRead));
    if (layout === undefined) return undefined;
    const bytesPerSecond = (layout.sampleRate * layout.channels * layout.bits) / 8;
    return Math.round((layout.dataBytes / bytesPerSecond) * 1000);
  } finally {
    await handle.close();
  }
}
