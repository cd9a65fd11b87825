import { useEffect, useRef, useState } from 'preact/hooks';
import { texts } from '../config/texts.js';
import { Icon } from './icon.js';

/** Plays a recording in the browser. */
export function ListenButton({ url, name }: { url: string; name: string }) {
  const audio = useRef<HTMLAudioElement | undefined>(undefined);
  const [plays, setPlays] = useState(false);
  useEffect(() => () => audio.current?.pause(), [url]);
  const press = () => {
    if (plays) {
      audio.current?.pause();
      return;
    }
    const player = new Audio(url);
    audio.current = player;
    player.onplaying = () => setPlays(true);
    player.onpause = () => setPlays(false);
    player.onended = () => setPlays(false);
    player.onerror = () => setPlays(false);
    void player.play().catch(() => setPlays(false));
  };
  const label = `${plays ? texts.stop : texts.listen}: ${name}`;
  return (
    <button
      type="button"
      class="icon-only listen"
      aria-label={label}
      title={label}
      aria-pressed={plays}
      onClick={press}
    >
      <Icon name={plays ? 'pause' : 'play'} />
    </button>
  );
}
