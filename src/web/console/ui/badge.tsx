import type { ComponentChildren } from 'preact';
import type { IconName } from '../../icons.js';
import { Icon } from './icon.js';

/** A state by colour, shape and word. */
export type Tone = 'ring' | 'talk' | 'wait' | 'free' | 'pause' | 'bad' | 'quiet';

export function Badge({ tone, icon, children }: { tone: Tone; icon: IconName; children: ComponentChildren }) {
  return (
    <span class={`badge ${tone}`}>
      <Icon name={icon} />
      <span>{children}</span>
    </span>
  );
}
