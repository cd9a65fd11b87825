import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Icon } from '../ui/icon.js';
import { texts } from './texts.js';

interface DropZoneProps {
  multiple: boolean;
  /** Choosing files is the next step. */
  isNext: boolean;
  onFiles: (files: File[]) => void;
}

/** Takes files by dragging, or by a button that opens the browser's choice. */
export function DropZone({ multiple, isNext, onFiles }: DropZoneProps) {
  const isOver = useSignal(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null | undefined) => {
    const given = [...(files ?? [])];
    if (given.length > 0) onFiles(multiple ? given : given.slice(0, 1));
  };
  return (
    <div
      class={isOver.value ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        isOver.value = true;
      }}
      onDragLeave={() => (isOver.value = false)}
      onDrop={(event) => {
        event.preventDefault();
        isOver.value = false;
        take(event.dataTransfer?.files);
      }}
    >
      <Icon name="upload" />
      <p>{texts.drop}</p>
      <button type="button" class={isNext ? 'primary' : ''} onClick={() => input.current?.click()}>
        {multiple ? texts.chooseFiles : texts.chooseFile}
      </button>
      <p class="soft">{texts.formats}</p>
      <input
        ref={input}
        type="file"
        hidden
        multiple={multiple}
        accept=".wav,.mp3,.ogg,.flac,audio/*"
        onChange={({ currentTarget }) => {
          take(currentTarget.files);
          currentTarget.value = '';
        }}
      />
    </div>
  );
}
