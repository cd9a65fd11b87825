import type { Locator } from 'playwright-core';
import { toneOf } from '../support/tones.js';

const NEAR_HZ = 15;

/** True when what an `audio` element plays is these tones (test/support/tones.ts) together and nothing louder. */
export async function playsTone(audio: Locator, ...tones: number[]): Promise<boolean> {
  const wanted = tones.flatMap((tone) => [...toneOf(tone, 'cs')]).sort((a, b) => a - b);
  const heard = (await heardFrom(audio, wanted.length)).sort((a, b) => a - b);
  return heard.length === wanted.length && heard.every((hz, index) => Math.abs(hz - (wanted[index] ?? 0)) < NEAR_HZ);
}

/** True when an `audio` element plays something that is none of these tones, such as music. */
export async function playsAnything(audio: Locator, except: number[]): Promise<boolean> {
  const known = except.flatMap((tone) => [...toneOf(tone, 'cs')]);
  const heard = await heardFrom(audio, 2);
  return heard.length > 0 && heard.every((hz) => known.every((voice) => Math.abs(hz - voice) > NEAR_HZ));
}

/** The strongest frequencies that it plays, in Hz, strongest first; none in silence, and without the element. */
async function heardFrom(audio: Locator, count: number): Promise<number[]> {
  if ((await audio.count()) === 0) return [];
  return audio.first().evaluate(async (element: HTMLAudioElement, most) => {
    if (element.paused || !(element.srcObject instanceof MediaStream)) return [];
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    context.createMediaStreamSource(element.srcObject).connect(analyser);
    await new Promise((resolve) => setTimeout(resolve, 400));
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const width = context.sampleRate / analyser.fftSize;
    await context.close();
    const loud = [...bins].map((level, index) => ({ level, hz: index * width })).filter(({ level }) => level > -60);
    const peaks: number[] = [];
    for (const { hz } of loud.sort((a, b) => b.level - a.level))
      if (peaks.every((peak) => Math.abs(peak - hz) > 60)) peaks.push(hz);
    return peaks.slice(0, most);
  }, count);
}
