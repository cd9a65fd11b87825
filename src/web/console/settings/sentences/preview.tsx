import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../../api/client.js';
import { playing, playOnce, stop } from '../../audio/player.js';
import { problemText } from '../../config/problems.js';
import { CheckField } from '../../ui/field.js';
import { Icon } from '../../ui/icon.js';
import { showFailure, showProblem } from '../../ui/toasts.js';
import { otherNames, type Occasion, type Piece } from './pieces.js';
import { texts } from './texts.js';

interface PreviewProps {
  pieces: readonly Piece[];
  language: string;
  occasion: Occasion;
}

interface Heard {
  text: string;
  leftOut: readonly string[];
  audio: readonly string[];
}

const EXAMPLE = { car_mark: 'Škoda', car_model: 'Octavia', car_color: 'white', car_plate: '1AB 2345', minutes: 5 };

/** The sentence in words, as a client hears it. Pieces that are not saved count. */
export function Preview({ pieces, language, occasion }: PreviewProps) {
  const heard = useSignal<Heard | undefined>(undefined);
  const isLoading = useSignal(false);
  const hasCar = useSignal(true);
  const written = JSON.stringify(pieces);
  useEffect(() => {
    heard.value = undefined;
    return stop;
  }, [written, hasCar.value]);
  const audio = heard.value?.audio ?? [];
  const isPlaying = playing.value !== undefined && audio.includes(playing.value);
  const load = async () => {
    isLoading.value = true;
    const vars = Object.fromEntries(otherNames(pieces).map((name) => [name, name]));
    const details = hasCar.value ? EXAMPLE : {};
    const outcome = await api.post('/api/v1/status-speech/preview', {
      body: { status: null, language, occasion, pieces: [...pieces] as never, vars, ...details },
    });
    isLoading.value = false;
    if (!outcome.ok) {
      if (outcome.status === 422) showProblem(texts.notSpoken);
      else if (outcome.code === undefined) showFailure(outcome.status);
      else showProblem(problemText(outcome));
      return;
    }
    const { text, left_out: leftOut, pieces: spoken } = outcome.data;
    heard.value = { text, leftOut, audio: spoken.flatMap((piece) => piece.audio ?? []) };
    playOnce(heard.value.audio);
  };
  return (
    <div class="sentence-preview">
      <button
        type="button"
        disabled={isLoading.value}
        onClick={() => (isPlaying ? stop() : heard.value === undefined ? void load() : playOnce(audio))}
      >
        <Icon name={isPlaying ? 'stop' : 'play'} />
        {isLoading.value ? texts.loading : isPlaying ? texts.stop : texts.listen}
      </button>
      <CheckField
        label={texts.hasCar}
        hint={texts.example}
        value={hasCar.value}
        onChange={(value) => (hasCar.value = value)}
      />
      {heard.value !== undefined && (
        <div role="status">
          <blockquote lang={language}>{heard.value.text}</blockquote>
          {heard.value.leftOut.length > 0 && <p class="soft">{texts.leftOut(heard.value.leftOut.length)}</p>}
        </div>
      )}
    </div>
  );
}
