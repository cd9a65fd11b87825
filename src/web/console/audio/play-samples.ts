import { stop as stopPlayer } from './player.js';

/** Plays samples that are in the browser only. @returns stops it */
export function playSamples(samples: Float32Array, rate: number, onEnded: () => void): () => void {
  stopPlayer();
  const context = new AudioContext();
  const buffer = context.createBuffer(1, Math.max(1, samples.length), rate);
  buffer.getChannelData(0).set(samples);
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  source.addEventListener('ended', () => {
    if (context.state !== 'closed') onEnded();
  });
  source.start();
  return () => void context.close();
}
