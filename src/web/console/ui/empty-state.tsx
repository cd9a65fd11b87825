import type { ComponentChildren } from 'preact';
import type { IconName } from '../../icons.js';
import { Icon } from './icon.js';

/** In place of a list without entries: what is missing, and the next step. */
export function EmptyState({ icon, title, children }: { icon: IconName; title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <p>{title}</p>
      {children !== undefined && <div class="soft">{children}</div>}
    </div>
  );
}
