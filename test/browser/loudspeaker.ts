import type { Locator } from 'playwright-core';
import { toneOf } from '../support/tones.js';

const NEAR_HZ = 15;

/** True when what an `audio` element plays is this tone (test/support/tones.ts) and nothing else. */
export async function playsTone(audio: Locator, tone: number): Promise<boolean> {
  const wanted = [...toneOf(tone, 'cs')].sort((a, b) => a - b);
  const heard = (await heardFrom(audio)).sort((a, b) => a - b);
  return heard.length === wanted.length && heard.every((hz, index) => Math.abs(hz - (wanted[index] ?? 0)) < NEAR_HZ);
}

/** The two strongest frequencies that it plays, in Hz, strongest first; none in silence, and without the element. */
async function heardFrom(audio: Locator): Promise<number[]> {
  if ((await audio.count()) === 0) return [];
  return audio.first().evaluate(async (element: HTMLAudioElement) => {
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
    return peaks.slice(0, 2);
  });
}
