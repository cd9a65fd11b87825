import { useId, useRef, useState } from 'preact/hooks';
import { texts } from '../config/texts.js';
import { Field, type FieldProps, type Option } from './field.js';
import { Icon } from './icon.js';
import { plainText } from './search.js';

/** Longer lists are shortened; typing finds the rest. */
const MAX_SHOWN = 50;

interface ComboboxProps extends FieldProps {
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
  /** Shown while nothing is chosen. */
  placeholder?: string | undefined;
  /** Offers to choose nothing. */
  optional?: boolean | undefined;
}

/** A choice from a long list, found by a part of its name. */
export function Combobox({ value, options, onChange, placeholder, optional, ...field }: ComboboxProps) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const [marked, setMarked] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const isOpen = typed !== undefined;
  const chosen = options.find((option) => option.value === value);
  const found = options.filter(({ name }) => plainText(name).includes(plainText(typed ?? ''))).slice(0, MAX_SHOWN);
  const at = Math.min(marked, found.length - 1);
  const open = (text: string) => {
    setTyped(text);
    setMarked(0);
  };
  const choose = (option: Option | undefined) => {
    if (option !== undefined) onChange(option.value);
    setTyped(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (isOpen && found.length > 0) setMarked((at + step + found.length) % found.length);
      else open('');
    } else if (event.key === 'Enter' && isOpen) {
      event.preventDefault();
      choose(found[at]);
    } else if (event.key === 'Escape' && isOpen) {
      event.stopPropagation();
      setTyped(undefined);
    }
  };
  return (
    <Field
      {...field}
      control={(attributes) => (
        <span class="combobox">
          <input
            {...attributes}
            ref={input}
            type="text"
            role="combobox"
            autocomplete="off"
            aria-autocomplete="list"
            aria-expanded={isOpen}
            aria-controls={`${id}-list`}
            aria-activedescendant={isOpen && found.length > 0 ? `${id}-${at}` : undefined}
            value={typed ?? chosen?.name ?? value}
            placeholder={placeholder ?? texts.choose}
            onInput={({ currentTarget }) => open(currentTarget.value)}
            onClick={() => !isOpen && open('')}
            onKeyDown={onKeyDown}
            onBlur={() => setTyped(undefined)}
          />
          {optional === true && value !== '' && !field.disabled && (
            <button
              type="button"
              class="icon-only"
              aria-label={`${texts.clear}: ${field.label}`}
              title={texts.clear}
              onClick={() => {
                onChange('');
                input.current?.focus();
              }}
            >
              <Icon name="close" />
            </button>
          )}
          <ul id={`${id}-list`} role="listbox" aria-label={field.label} hidden={!isOpen}>
            {isOpen && found.length === 0 && <li class="soft">{texts.notFound}</li>}
            {isOpen &&
              found.map((option, index) => (
                <li
                  key={option.value}
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={index === at}
                  // Before the field loses the focus, which closes the list.
                  onMouseDown={(event) => {
                    event.preventDefault();
                    choose(option);
                  }}
                  onPointerMove={() => setMarked(index)}
                >
                  {option.name}
                  {option.hint !== undefined && <span class="hint">{option.hint}</span>}
                </li>
              ))}
          </ul>
        </span>
      )}
    />
  );
}
