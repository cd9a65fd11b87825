import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import { texts } from './texts.js';

interface YamlFieldProps {
  field: RefObject<HTMLTextAreaElement>;
  text: string;
  readOnly: boolean;
  onChange: (text: string) => void;
  onFile: (file: File) => void;
}

/** A text with the numbers of its lines. A file replaces it: dropped on it, or chosen. */
export function YamlField({ field, text, readOnly, onChange, onFile }: YamlFieldProps) {
  const isOver = useSignal(false);
  const numbers = useRef<HTMLPreElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const lines = text.split('\n').length;
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0];
    if (file !== undefined) onFile(file);
  };
  return (
    <>
      {!readOnly && (
        <p>
          <button type="button" onClick={() => chooser.current?.click()}>
            {texts.openFile}
          </button>{' '}
          <span class="soft">{texts.orDrop}</span>
          <input
            ref={chooser}
            type="file"
            hidden
            accept=".yaml,.yml,.json"
            onChange={({ currentTarget }) => {
              take(currentTarget.files);
              currentTarget.value = '';
            }}
          />
        </p>
      )}
      <div class={isOver.value ? 'yaml-text over' : 'yaml-text'}>
        <pre ref={numbers} aria-hidden="true">
          {Array.from({ length: lines }, (_, index) => index + 1).join('\n')}
        </pre>
        <textarea
          ref={field}
          aria-label={texts.title}
          spellcheck={false}
          autocapitalize="off"
          wrap="off"
          readOnly={readOnly}
          value={text}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
          onScroll={({ currentTarget }) => {
            if (numbers.current !== null) numbers.current.scrollTop = currentTarget.scrollTop;
          }}
          onDragOver={(event) => {
            if (readOnly) return;
            event.preventDefault();
            isOver.value = true;
          }}
          onDragLeave={() => (isOver.value = false)}
          onDrop={(event) => {
            isOver.value = false;
            if (readOnly || event.dataTransfer?.files.length === 0) return;
            event.preventDefault();
            take(event.dataTransfer?.files);
          }}
        />
      </div>
    </>
  );
}
