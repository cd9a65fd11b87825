import { useState } from 'preact/hooks';
import { nameOfOption, useChoices } from '../../config/choices.js';
import type { ItemEditor } from '../../config/item-editor.js';
import { errorAt } from '../../config/spec-field.js';
import { Combobox } from '../../ui/combobox.js';
import { FieldGroup, TextField } from '../../ui/field.js';
import { texts as settingTexts } from '../texts.js';
import { builtInSentence, STATUSES, withSentence, type Sentence, type Templates } from './pieces.js';
import { SentenceFields } from './sentence.js';
import { texts } from './texts.js';
import '../../styles/sentences.css';

const PATH = ['status_speech', 'templates'] as const;

interface SentencesProps {
  editor: ItemEditor<object>;
  disabled: boolean;
}

/** The company's own sentences for the status of an order. */
export function Sentences({ editor, disabled }: SentencesProps) {
  const { status_speech: speech } = editor.body.value as { status_speech?: { templates?: Templates } };
  if (speech === undefined) return null;
  const templates = speech.templates ?? {};
  const set = (name: string, language: string, sentence: Sentence | undefined) =>
    editor.set(PATH, withSentence(templates, name, language, sentence));
  const [label, hint] = settingTexts.form.fields['status_speech.templates'];
  const error = errorAt(editor, PATH.join('.'));
  return (
    <FieldGroup label={label} hint={hint} name={PATH.join('.')} error={error}>
      {Object.entries(templates).flatMap(([name, languages]) =>
        Object.entries(languages).map(([language, sentence]) => (
          <OneSentence
            key={`${name} ${language}`}
            {...{ name, language, sentence, disabled }}
            onChange={(next) => set(name, language, next)}
          />
        )),
      )}
      {!disabled && <AddSentence templates={templates} onAdd={set} />}
    </FieldGroup>
  );
}

function nameOfTemplate(name: string): string {
  const names: Record<string, string> = settingTexts.statuses;
  return names[name] ?? name;
}

interface OneSentenceProps {
  name: string;
  language: string;
  sentence: Sentence;
  disabled: boolean;
  onChange: (sentence: Sentence | undefined) => void;
}

function OneSentence({ name, language, sentence, disabled, onChange }: OneSentenceProps) {
  const languageName = nameOfOption(useChoices('language'), language);
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="card sentence" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <h3>{nameOfTemplate(name)}</h3> <span class="hint">{languageName}</span>
      </summary>
      {isOpen && (
        <>
          <SentenceFields {...{ name, language, sentence, disabled, onChange }} />
          {!disabled && (
            <p>
              <button type="button" onClick={() => onChange(undefined)}>
                {texts.removeSentence}
              </button>
            </p>
          )}
        </>
      )}
    </details>
  );
}

interface AddSentenceProps {
  templates: Templates;
  onAdd: (name: string, language: string, sentence: Sentence) => void;
}

const OWN = ' ';

/** Chooses status and language of a new sentence. It begins as the built-in one. */
function AddSentence({ templates, onAdd }: AddSentenceProps) {
  const [status, setStatus] = useState('');
  const [ownName, setOwnName] = useState('');
  const [language, setLanguage] = useState('');
  const languages = useChoices('language');
  const name = status === OWN ? ownName.trim() : status;
  const isThere = templates[name]?.[language] !== undefined;
  const add = () => {
    onAdd(name, language, builtInSentence(name, language, 'notification'));
    setStatus('');
    setOwnName('');
  };
  return (
    <div class="add-sentence">
      <Combobox
        label={texts.addFor}
        value={status}
        options={[
          ...STATUSES.map((value) => ({ value, name: nameOfTemplate(value) })),
          { value: OWN, name: texts.otherTemplate },
        ]}
        onChange={setStatus}
      />
      {status === OWN && (
        <TextField label={texts.templateName} hint={texts.templateNameHint} value={ownName} onChange={setOwnName} />
      )}
      <Combobox label={texts.language} value={language} options={languages} onChange={setLanguage} />
      <button type="button" disabled={name === '' || language === '' || isThere} onClick={add}>
        {texts.add}
      </button>
      {isThere && name !== '' && <p class="soft">{texts.isThere}</p>}
    </div>
  );
}
