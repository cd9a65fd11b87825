import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { prompt } from '../support/sip/caller.js';
import { toneWav } from '../support/tones.js';

const TONE = 199;
const TONE_MS = 1500;

/** The announcement of the dialplan itself when no gateway takes the call. */
export const serviceUnavailable = prompt(TONE);

/** A folder of sounds for `startAsterisk`, in which that announcement has its own tone. */
export async function fallbackSounds(): Promise<{ soundsDir: string; remove: () => Promise<void> }> {
  const soundsDir = await mkdtemp(path.join(tmpdir(), 'cordboard-sounds-'));
  await mkdir(path.join(soundsDir, 'cs'));
  await writeFile(path.join(soundsDir, 'cs/service-unavailable.wav'), toneWav(TONE, 'cs', TONE_MS));
  return { soundsDir, remove: () => rm(soundsDir, { recursive: true }) };
}
