import { useSignal } from '@preact/signals';
import { DropZone } from '../audio/drop-zone.js';
import { Heard } from '../audio/heard.js';
import { LazyRecorder } from '../audio/lazy-recorder.js';
import { Modes, type Mode } from '../audio/modes.js';
import { SpeechForm } from '../audio/speech-form.js';
import { storeRecording, type StoredAudio } from '../audio/stored-audio.js';
import { texts } from '../audio/texts.js';
import { languageName } from '../names.js';
import { Dialog } from '../ui/dialog.js';
import { Icon } from '../ui/icon.js';

interface ReplaceAudioProps {
  language: string;
  onClose: () => void;
  onSave: (audio: StoredAudio) => Promise<void>;
}

/** A new recording of a prompt in one language. It is heard before it is saved. */
export function ReplaceAudio({ language, onClose, onSave }: ReplaceAudioProps) {
  const mode = useSignal<Mode>('record');
  const audio = useSignal<StoredAudio | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const isBusy = useSignal(false);
  const take = async (file: Blob) => {
    isBusy.value = true;
    problem.value = undefined;
    const stored = await storeRecording(file);
    isBusy.value = false;
    if (stored.ok) audio.value = stored.audio;
    else problem.value = stored.problem;
  };
  const save = async () => {
    if (audio.value === undefined || isBusy.value) return;
    isBusy.value = true;
    await onSave(audio.value);
    isBusy.value = false;
  };
  return (
    <Dialog title={texts.replaceTitle(languageName(language))} onClose={onClose} class="wide">
      <Modes
        modes={['record', 'upload', 'text']}
        chosen={mode.value}
        onChoose={(chosen) => {
          mode.value = chosen;
          audio.value = undefined;
          problem.value = undefined;
        }}
      />
      {mode.value === 'record' && audio.value === undefined && !isBusy.value && (
        <LazyRecorder onRecorded={(wav) => void take(wav)} />
      )}
      {mode.value === 'upload' && audio.value === undefined && (
        <DropZone multiple={false} isNext onFiles={([file]) => file && void take(file)} />
      )}
      {mode.value === 'text' && (
        <SpeechForm
          language={language}
          isSpoken={audio.value !== undefined}
          onAudio={(spoken) => (audio.value = spoken)}
        />
      )}
      <p class="bad" role="alert">
        {problem.value}
      </p>
      {isBusy.value && audio.value === undefined && <p role="status">{texts.preparing}</p>}
      {audio.value && (
        <>
          <Heard audio={audio.value} what={languageName(language)} />
          <div class="actions">
            <button type="button" class="primary with-icon" disabled={isBusy.value} onClick={() => void save()}>
              <Icon name="check" />
              {texts.save}
            </button>
            {mode.value !== 'text' && (
              <button type="button" onClick={() => (audio.value = undefined)}>
                {texts.startOver}
              </button>
            )}
          </div>
        </>
      )}
    </Dialog>
  );
}
