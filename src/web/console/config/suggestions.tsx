import { useChoices } from './choices.js';
import type { ChoiceKind } from './field-spec.js';

/** What an input with this `list` offers; everything else can be written too. */
export function Suggestions({ id, of }: { id: string; of: ChoiceKind }) {
  return (
    <datalist id={id}>
      {useChoices(of).map(({ value, name }) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </datalist>
  );
}
