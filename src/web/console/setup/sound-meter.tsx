import { useSignal, type Signal } from '@preact/signals';
import { useLevel } from '../audio/use-level.js';
import { texts } from './texts.js';

/** Quieter sound is taken for silence; the loudest is 1. */
const QUIET = 0.01;

/** Shows that sound arrives, for somebody whose loudspeaker is off. */
export function SoundMeter({ stream, onSound }: { stream: Signal<MediaStream | undefined>; onSound: () => void }) {
  const level = useSignal(0);
  const hasSound = useSignal(false);
  useLevel(stream, (loudness) => {
    level.value = loudness;
    if (loudness < QUIET || hasSound.value) return;
    hasSound.value = true;
    onSound();
  });
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
