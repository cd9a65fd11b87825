import { formatDuration } from '../format.js';
import { PlayButton } from './play-button.js';
import type { StoredAudio } from './stored-audio.js';
import { texts } from './texts.js';

/** Stored audio, to listen to before it is used. */
export function Heard({ audio, what }: { audio: StoredAudio; what: string }) {
  return (
    <p class="heard">
      <PlayButton url={audio.url} what={what}>
        {formatDuration(audio.durationMs)}
      </PlayButton>
      <span>{texts.asHeard}</span>
    </p>
  );
}
