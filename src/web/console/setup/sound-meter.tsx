import { useSignal, type Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { texts } from './texts.js';

const READ_MS = 150;
/** Quieter sound is taken for silence; the loudest is 1. */
const QUIET = 0.01;

/** Shows that sound arrives, for somebody whose loudspeaker is off. */
export function SoundMeter({ stream, onSound }: { stream: Signal<MediaStream | undefined>; onSound: () => void }) {
  const level = useSignal(0);
  const hasSound = useSignal(false);
  const { value } = stream;
  useEffect(() => {
    if (value === undefined) return undefined;
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 1024 });
    context.createMediaStreamSource(value).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      level.value = samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0);
      if (level.value < QUIET || hasSound.value) return;
      hasSound.value = true;
      onSound();
    }, READ_MS);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [value]);
  return (
    <div class="sound">
      <span>{texts.test.volume}</span>
      <meter min={0} max={1} value={level.value} aria-label={texts.test.volume} />
      <span role="status" data-sound={hasSound.value}>
        {hasSound.value ? texts.test.heard : texts.test.silence}
      </span>
    </div>
  );
}
