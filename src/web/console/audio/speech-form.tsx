import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { useKeptText } from '../ui/kept-text.js';
import { storeSpeech, type StoredAudio } from './stored-audio.js';
import { texts } from './texts.js';

const MAX_CHARACTERS = 1_000;

/** Has a text spoken. The text stays, so that it can be changed and spoken again. */
export function SpeechForm(props: {
  language: string;
  isSpoken: boolean;
  /** @param text that is spoken */
  onAudio: (audio: StoredAudio | undefined, text: string) => void;
}) {
  const { language, isSpoken, onAudio } = props;
  const { text, change, forget } = useKeptText('speech');
  const problem = useSignal<string | undefined>(undefined);
  const isBusy = useSignal(false);
  const id = useId();
  const speak = async () => {
    if (isBusy.value || text.value.trim() === '') return;
    isBusy.value = true;
    problem.value = undefined;
    const stored = await storeSpeech(text.value, language);
    isBusy.value = false;
    if (stored.ok) {
      forget();
      onAudio(stored.audio, text.value);
    } else problem.value = stored.problem;
  };
  return (
    <div class="speech">
      <label>
        {texts.text}
        <textarea
          rows={3}
          maxLength={MAX_CHARACTERS}
          value={text.value}
          aria-describedby={`${id}-hint ${id}-problem`}
          aria-invalid={problem.value !== undefined}
          onInput={({ currentTarget }) => {
            change(currentTarget.value);
            if (isSpoken) onAudio(undefined, text.value);
          }}
        />
      </label>
      <p id={`${id}-hint`} class="soft">
        {texts.textHint}
      </p>
      <p id={`${id}-problem`} class="bad" role="alert">
        {problem.value}
      </p>
      <button type="button" class={isSpoken ? '' : 'primary'} aria-disabled={isBusy.value} onClick={() => void speak()}>
        {isBusy.value ? texts.speaking : texts.speak}
      </button>
    </div>
  );
}
