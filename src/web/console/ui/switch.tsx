import type { IconName } from '../../icons.js';
import { Icon } from './icon.js';

/** A button that stays pressed. */
export function Switch(props: { name: string; icon: IconName; on: boolean; onChange: (on: boolean) => void }) {
  const { name, icon, on, onChange } = props;
  return (
    <button type="button" class="switch" aria-pressed={on} onClick={() => onChange(!on)}>
      <Icon name={on ? 'check' : icon} />
      {name}
    </button>
  );
}
