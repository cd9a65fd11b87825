import type { ReadonlySignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

const READ_MS = 100;

/** Reports how loud a stream is, ten times a second: 0 is silence, 1 the loudest. */
export function useLevel(stream: ReadonlySignal<MediaStream | undefined>, onLevel: (level: number) => void): void {
  const { value } = stream;
  useEffect(() => {
    if (value === undefined) return undefined;
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 1024 });
    context.createMediaStreamSource(value).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      onLevel(samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0));
    }, READ_MS);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [value]);
}
