import { useSignal } from '@preact/signals';
import { DropZone } from '../audio/drop-zone.js';
import { Heard } from '../audio/heard.js';
import { LazyRecorder } from '../audio/lazy-recorder.js';
import { Modes, type Mode } from '../audio/modes.js';
import { storeRecording, type StoredAudio } from '../audio/stored-audio.js';
import { texts } from '../audio/texts.js';
import { Dialog } from '../ui/dialog.js';
import { Icon } from '../ui/icon.js';

interface Added {
  name: string;
  audio: StoredAudio;
}

interface AddTracksProps {
  onClose: () => void;
  /** @param tracks hashes of stored audio */
  onAdd: (tracks: string[]) => Promise<void>;
}

/** Recordings for music: uploaded, several at once, or recorded. They are heard before they are added. */
export function AddTracks({ onClose, onAdd }: AddTracksProps) {
  const mode = useSignal<Mode>('upload');
  const added = useSignal<Added[]>([]);
  const problems = useSignal<string[]>([]);
  const isBusy = useSignal(false);
  const take = async (files: readonly (readonly [name: string, file: Blob])[]) => {
    isBusy.value = true;
    problems.value = [];
    for (const [name, file] of files) {
      const stored = await storeRecording(file);
      if (stored.ok) added.value = [...added.value, { name, audio: stored.audio }];
      else problems.value = [...problems.value, `${name}: ${stored.problem}`];
    }
    isBusy.value = false;
  };
  return (
    <Dialog title={texts.music.addTrack} onClose={onClose} class="wide">
      <Modes modes={['upload', 'record']} chosen={mode.value} onChoose={(chosen) => (mode.value = chosen)} />
      {mode.value === 'upload' ? (
        <DropZone
          multiple
          isNext={added.value.length === 0}
          onFiles={(files) => void take(files.map((file) => [file.name, file] as const))}
        />
      ) : (
        !isBusy.value && (
          <LazyRecorder
            key={added.value.length}
            onRecorded={(wav) => void take([[texts.music.track(added.value.length + 1), wav]])}
          />
        )
      )}
      {isBusy.value && <p role="status">{texts.preparing}</p>}
      <div role="alert">
        {problems.value.map((problem) => (
          <p key={problem} class="bad">
            {problem}
          </p>
        ))}
      </div>
      <ul class="drafts">
        {added.value.map(({ name, audio }) => (
          <li key={audio.sha256}>
            <Heard audio={audio} what={name} />
            <span>{name}</span>
          </li>
        ))}
      </ul>
      {added.value.length > 0 && !isBusy.value && (
        <div class="actions">
          <button
            type="button"
            class="primary with-icon"
            onClick={() => void onAdd(added.value.map(({ audio }) => audio.sha256))}
          >
            <Icon name="check" />
            {texts.save}
          </button>
          <button type="button" onClick={onClose}>
            {texts.cancel}
          </button>
        </div>
      )}
    </Dialog>
  );
}
