import type { IconName } from '../../icons.js';
import { Icon } from '../ui/icon.js';
import { texts } from './texts.js';

export type Mode = keyof typeof texts.modes;

const ICONS: Record<Mode, IconName> = { record: 'microphone', upload: 'upload', text: 'text' };

/** The choice of where audio comes from. */
export function Modes({
  modes,
  chosen,
  onChoose,
}: {
  modes: readonly Mode[];
  chosen: Mode;
  onChoose: (mode: Mode) => void;
}) {
  return (
    <fieldset class="modes">
      <legend>{texts.source}</legend>
      {modes.map((mode) => (
        <label key={mode} class={mode === chosen ? 'chosen' : ''}>
          <input type="radio" name="source" checked={mode === chosen} onChange={() => onChoose(mode)} />
          <Icon name={ICONS[mode]} />
          {texts.modes[mode]}
        </label>
      ))}
    </fieldset>
  );
}
