import type { ComponentChildren } from 'preact';
import { playing, playInTurn, stop } from '../audio/player.js';
import { texts } from '../audio/texts.js';
import { Icon } from '../ui/icon.js';
import { titleOf, trackUrl, type Music } from './music.js';

/** Plays the recordings one after another, as callers in a queue hear them. */
export function ListenButton({ music, children }: { music: Music; children: ComponentChildren }) {
  const urls = music.audio.map(trackUrl);
  const isPlaying = playing.value !== undefined && urls.includes(playing.value);
  const label = isPlaying ? texts.stop(titleOf(music)) : texts.play(titleOf(music));
  return (
    <button
      type="button"
      class={isPlaying ? 'play playing' : 'play'}
      aria-label={label}
      title={label}
      onClick={() => (isPlaying ? stop() : playInTurn(urls))}
    >
      <Icon name={isPlaying ? 'stop' : 'play'} />
      {children}
    </button>
  );
}
