import { useEffect } from 'preact/hooks';
import { playing, stop, toggle } from '../audio/player.js';
import { texts } from '../config/texts.js';
import { PlayButton } from './play-button.js';

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
  return <PlayButton plays={plays} label={label} onPress={() => toggle(url)} />;
}
