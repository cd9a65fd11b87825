import { useEffect } from 'preact/hooks';
import { playing, stop, toggle } from '../audio/player.js';
import { texts } from '../config/texts.js';
import { Icon } from './icon.js';

/** Plays a recording in the browser. */
export function ListenButton({ url, name }: { url: string; name: string }) {
  useEffect(
    () => () => {
      if (playing.peek() === url) stop();
    },
    [url],
  );
  const plays = playing.value === url;
  const label = `${plays ? texts.stop : texts.listen}: ${name}`;
  return (
    <button
      type="button"
      class="icon-only listen"
      aria-label={label}
      title={label}
      aria-pressed={plays}
      onClick={() => toggle(url)}
    >
      <Icon name={plays ? 'pause' : 'play'} />
    </button>
  );
}
