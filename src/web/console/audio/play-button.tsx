import type { ComponentChildren } from 'preact';
import { Icon } from '../ui/icon.js';
import { playing, toggle } from './player.js';
import { texts } from './texts.js';

/** Plays and stops one audio. @param what names it, for screen readers */
export function PlayButton({ url, what, children }: { url: string; what: string; children?: ComponentChildren }) {
  const isPlaying = playing.value === url;
  const label = isPlaying ? texts.stop(what) : texts.play(what);
  return (
    <button
      type="button"
      class={isPlaying ? 'play playing' : 'play'}
      aria-label={label}
      title={label}
      onClick={() => toggle(url)}
    >
      <Icon name={isPlaying ? 'stop' : 'play'} />
      {children}
    </button>
  );
}
