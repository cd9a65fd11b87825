import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../../api/client.js';
import { playing, stop, toggle } from '../../audio/player.js';
import { pageLanguage } from '../../texts.js';
import { Icon } from '../../ui/icon.js';
import { choicesOf } from '../speaker.js';
import { texts } from '../texts.js';

/** Where prompts were read from when they were last played. */
const addresses = signal<ReadonlyMap<number, string>>(new Map());
/** The prompt that was asked for last: an answer for an earlier one is not played. */
let wanted: number | undefined;

async function play(prompt: number): Promise<void> {
  wanted = prompt;
  const outcome = await api.get('/api/v1/prompts/{id}', { path: { id: prompt } });
  const spoken = outcome.ok ? outcome.data.audio : [];
  const { url } = spoken.find(({ language }) => language === pageLanguage) ?? spoken[0] ?? {};
  if (url === undefined || wanted !== prompt) return;
  addresses.value = new Map(addresses.value).set(prompt, url);
  if (playing.value !== url) toggle(url);
}

/** Plays a prompt, or stops it. */
export function PlayButton({ prompt }: { prompt: number }) {
  const isPlaying = playing.value !== undefined && playing.value === addresses.value.get(prompt);
  const name = choicesOf('prompt').find(({ value }) => value === String(prompt))?.name ?? `#${prompt}`;
  const label = isPlaying ? texts.stop : texts.play(name);
  useEffect(
    () => () => {
      if (wanted === prompt) wanted = undefined;
      if (playing.peek() !== undefined && playing.peek() === addresses.peek().get(prompt)) stop();
    },
    [prompt],
  );
  return (
    <button
      type="button"
      class="icon-only"
      aria-label={label}
      title={label}
      onClick={() => {
        if (!isPlaying) return void play(prompt);
        wanted = undefined;
        stop();
      }}
    >
      <Icon name={isPlaying ? 'pause' : 'play'} />
    </button>
  );
}
