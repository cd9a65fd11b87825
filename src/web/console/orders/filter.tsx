import { useEffect, useState } from 'preact/hooks';
import { FilterSelect } from '../ui/filter-select.js';
import { texts } from './texts.js';

/** The field for the ID of an order. What is typed stays while the list beside it is updated. */
export function OrderFilter({ value, onChoose }: { value: string; onChoose: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  return (
    <label>
      {texts.order}
      <input
        type="search"
        data-filter
        maxLength={100}
        value={typed}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        onChange={({ currentTarget }) => onChoose(currentTarget.value.trim())}
      />
    </label>
  );
}

/** A condition that is one of named values. */
export function WordFilter({
  label,
  value,
  words,
  onChoose,
}: {
  label: string;
  value: string;
  words: Record<string, string>;
  onChoose: (value: string) => void;
}) {
  return (
    <FilterSelect label={label} value={value} all={texts.all} options={Object.entries(words)} onChoose={onChoose} />
  );
}
