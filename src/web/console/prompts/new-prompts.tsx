import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { api } from '../api/client.js';
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
import { showDone, showFailure } from '../ui/toasts.js';
import { companyLanguages } from './languages.js';
import type { Prompt } from './prompts.js';
import { removePrompt } from './removal.js';

const MAX_NAME = 120;
const WORDS_OF_NAME = 5;

/** A prompt that is being made. */
interface Draft {
  key: number;
  name: string;
  audio: StoredAudio | undefined;
  problem: string | undefined;
}

interface NewPromptsProps {
  /** Dropped on the page. */
  files: File[];
  onClose: () => void;
  onSaved: (saved: Prompt[]) => void;
}

/** Makes prompts: one by recording or from a text, or one for each uploaded file. */
export function NewPrompts({ files, onClose, onSaved }: NewPromptsProps) {
  const mode = useSignal<Mode>(files.length > 0 ? 'upload' : 'record');
  const language = useSignal(companyLanguages[0] ?? 'en');
  const drafts = useSignal<Draft[]>([]);
  const isSaving = useSignal(false);
  /** Files that are not stored yet: all are saved together. */
  const waiting = useSignal(0);
  const lastKey = useRef(0);
  const change = (key: number, to: Partial<Draft>) =>
    (drafts.value = drafts.value.map((draft) => (draft.key === key ? { ...draft, ...to } : draft)));
  const add = (name: string): number => {
    lastKey.current += 1;
    const draft = { key: lastKey.current, name, audio: undefined, problem: undefined };
    drafts.value = [...drafts.value, draft];
    return draft.key;
  };
  const take = async (file: Blob, name: string) => {
    const key = add(name);
    const stored = await storeRecording(file);
    change(key, stored.ok ? { audio: stored.audio } : { problem: stored.problem });
  };
  const takeFiles = async (given: File[]) => {
    waiting.value += given.length;
    for (const file of given) {
      await take(file, nameOf(file));
      waiting.value -= 1;
    }
  };
  useEffect(() => void takeFiles(files), []);
  const save = async () => {
    if (isSaving.value) return;
    isSaving.value = true;
    const saved: Prompt[] = [];
    for (const { key, name, audio } of drafts.value) {
      const trimmed = name.trim();
      if (audio === undefined) continue;
      if (trimmed === '') {
        change(key, { problem: texts.invalidName });
        continue;
      }
      const body = { name: trimmed, audio: { [language.value]: `sha256:${audio.sha256}` } };
      const outcome = await api.post('/api/v1/prompts', { body });
      if (outcome.ok) {
        saved.push(outcome.data);
        drafts.value = drafts.value.filter((draft) => draft.key !== key);
      } else showFailure(outcome.status);
    }
    isSaving.value = false;
    if (saved.length > 0) tell(saved);
    if (drafts.value.length === 0) onSaved(saved);
  };
  const speakIn = (chosen: string) => {
    language.value = chosen;
    // A text that was spoken in another language is to be spoken again.
    if (mode.value === 'text') drafts.value = drafts.value.map((draft) => ({ ...draft, audio: undefined }));
  };
  const ready = drafts.value.filter(({ audio }) => audio !== undefined);
  const isSingle = mode.value !== 'upload';
  const [single] = drafts.value;
  return (
    <Dialog title={texts.add} onClose={onClose} class="wide">
      <Modes
        modes={['record', 'upload', 'text']}
        chosen={mode.value}
        onChoose={(chosen) => {
          mode.value = chosen;
          drafts.value = [];
        }}
      />
      {companyLanguages.length > 1 && (
        <label class="language">
          {texts.language}
          <select value={language.value} onChange={({ currentTarget }) => speakIn(currentTarget.value)}>
            {companyLanguages.map((each) => (
              <option key={each} value={each}>
                {languageName(each)}
              </option>
            ))}
          </select>
        </label>
      )}
      {mode.value === 'record' && single === undefined && <LazyRecorder onRecorded={(wav) => void take(wav, '')} />}
      {mode.value === 'upload' && (
        <DropZone multiple isNext={ready.length === 0} onFiles={(given) => void takeFiles(given)} />
      )}
      {mode.value === 'text' && (
        <SpeechForm
          language={language.value}
          isSpoken={single?.audio !== undefined}
          onAudio={(audio, text) => {
            if (single === undefined && audio !== undefined) change(add(beginningOf(text)), { audio });
            else if (single !== undefined) change(single.key, { audio });
          }}
        />
      )}
      <ul class="drafts">
        {drafts.value.map((draft) => (
          <DraftRow
            key={draft.key}
            draft={draft}
            isPreparing={mode.value !== 'text'}
            removal={isSingle ? texts.startOver : `${texts.remove}: ${draft.name}`}
            onName={(name) => change(draft.key, { name, problem: undefined })}
            onRemove={() => (drafts.value = drafts.value.filter(({ key }) => key !== draft.key))}
          />
        ))}
      </ul>
      {ready.length > 0 && (
        <div class="actions">
          <button
            type="button"
            class="primary with-icon"
            disabled={isSaving.value || waiting.value > 0}
            onClick={() => void save()}
          >
            <Icon name="check" />
            {ready.length > 1 ? texts.saveAll : texts.save}
          </button>
          <button type="button" onClick={onClose}>
            {texts.cancel}
          </button>
        </div>
      )}
    </Dialog>
  );
}

interface DraftRowProps {
  draft: Draft;
  /** Without audio it is being converted. */
  isPreparing: boolean;
  removal: string;
  onName: (name: string) => void;
  onRemove: () => void;
}

function DraftRow({ draft: { name, audio, problem }, isPreparing, removal, onName, onRemove }: DraftRowProps) {
  if (audio === undefined && problem === undefined)
    return <li>{isPreparing && <p role="status">{texts.preparing}</p>}</li>;
  return (
    <li>
      {audio === undefined ? <p>{name}</p> : <Heard audio={audio} what={name || texts.prompt} />}
      {audio !== undefined && (
        <label>
          {texts.name}
          <input
            type="text"
            maxLength={MAX_NAME}
            value={name}
            aria-invalid={problem !== undefined}
            onInput={({ currentTarget }) => onName(currentTarget.value)}
          />
        </label>
      )}
      <p class="bad" role="alert">
        {problem}
      </p>
      <button type="button" class="link" onClick={onRemove}>
        {removal}
      </button>
    </li>
  );
}

function tell(saved: Prompt[]): void {
  const [first] = saved;
  const undo = () => saved.forEach(removePrompt);
  if (saved.length === 1 && first !== undefined) showDone(texts.savedOne(first.name, first.id), undo);
  else showDone(texts.saved(saved.length), undo);
}

/** The first words of a text: a name that tells prompts apart. */
function beginningOf(text: string): string {
  return text
    .trim()
    .split(/\s+/)
    .slice(0, WORDS_OF_NAME)
    .join(' ')
    .replace(/[.,;:!?…]+$/, '')
    .slice(0, MAX_NAME);
}

/** The file's name as a person reads it. */
function nameOf({ name }: File): string {
  return name
    .replace(/\.[^.]+$/, '')
    .replace(/[_\s]+/g, ' ')
    .trim()
    .slice(0, MAX_NAME);
}
