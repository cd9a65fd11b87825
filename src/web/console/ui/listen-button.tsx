import { toggle } from '../audio/player.js';
import { usePlays } from '../audio/plays.js';
import { texts } from '../config/texts.js';
import { PlayButton } from './play-button.js';

/** Plays a recording in the browser. */
export function ListenButton({ url, name }: { url: string; name: string }) {
  const plays = usePlays(url);
  const label = `${plays ? texts.stop : texts.listen}: ${name}`;
  return <PlayButton plays={plays} label={label} onPress={() => toggle(url)} />;
}
