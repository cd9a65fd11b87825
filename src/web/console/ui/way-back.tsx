import type { ComponentChildren } from 'preact';
import { Icon } from './icon.js';

/** The link above a heading to the list that the page belongs to. */
export function WayBack({ to, children }: { to: string; children: ComponentChildren }) {
  return (
    <p class="way-back">
      <a href={to}>
        <Icon name="back" />
        {children}
      </a>
    </p>
  );
}
