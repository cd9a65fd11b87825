import type { RecordedPiece } from '../../../../orders/speech-schema.js';
import { nameOfOption, useChoices } from '../../config/choices.js';
import { Combobox } from '../../ui/combobox.js';
import { FieldGroup } from '../../ui/field.js';
import { OrderedList } from '../../ui/ordered-list.js';
import { useRecordings } from './recordings.js';
import { texts } from './texts.js';

const PROMPT = '#';
const keyOf = (piece: RecordedPiece) => (typeof piece === 'number' ? `${PROMPT}${piece}` : piece);
const pieceOf = (key: string): RecordedPiece => (key.startsWith(PROMPT) ? Number(key.slice(1)) : key);

interface RecordedListProps {
  label: string;
  language: string;
  value: readonly RecordedPiece[];
  disabled: boolean;
  onChange: (value: RecordedPiece[] | undefined) => void;
}

/** Recordings and prompts around a detail: "the licence plate is …". */
export function RecordedList({ label, language, value, disabled, onChange }: RecordedListProps) {
  const recordings = useRecordings(language);
  const prompts = useChoices('prompt');
  const options = [...recordings, ...prompts.map((each) => ({ ...each, value: `${PROMPT}${each.value}` }))];
  const items = value.map(keyOf);
  const set = (next: string[]) => onChange(next.length === 0 ? undefined : next.map(pieceOf));
  return (
    <FieldGroup label={label}>
      {items.length > 0 && (
        <OrderedList
          label={label}
          items={items}
          nameOf={(item) => nameOfOption(options, item)}
          disabled={disabled}
          onChange={set}
        />
      )}
      {!disabled && (
        <Combobox
          label={texts.addWords(label)}
          value=""
          options={options.filter((option) => !items.includes(option.value))}
          onChange={(added) => set([...items, added])}
        />
      )}
    </FieldGroup>
  );
}
