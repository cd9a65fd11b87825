import { signal } from '@preact/signals';
import { api } from '../../api/client.js';
import { pageLanguage } from '../../texts.js';
import { Icon } from '../../ui/icon.js';
import { choicesOf } from '../speaker.js';
import { texts } from '../texts.js';

/** The prompt that is heard at the moment; only one at a time. */
const playing = signal<number | undefined>(undefined);
const audio = new Audio();
audio.addEventListener('ended', () => (playing.value = undefined));
audio.addEventListener('error', () => (playing.value = undefined));

async function play(prompt: number): Promise<void> {
  const outcome = await api.get('/api/v1/prompts/{id}', { path: { id: prompt } });
  const spoken = outcome.ok ? outcome.data.audio : [];
  const { url } = spoken.find(({ language }) => language === pageLanguage) ?? spoken[0] ?? {};
  if (url === undefined || playing.value !== prompt) return void (playing.value = undefined);
  audio.src = url;
  await audio.play().catch(() => (playing.value = undefined));
}

/** Plays a prompt, or stops it. */
export function PlayButton({ prompt }: { prompt: number }) {
  const isPlaying = playing.value === prompt;
  const name = choicesOf('prompt').find(({ id }) => id === String(prompt))?.name ?? `#${prompt}`;
  const label = isPlaying ? texts.stop : texts.play(name);
  const toggle = () => {
    audio.pause();
    playing.value = isPlaying ? undefined : prompt;
    if (isPlaying) return;
    void play(prompt);
  };
  return (
    <button type="button" class="icon-only" aria-label={label} title={label} onClick={toggle}>
      <Icon name={isPlaying ? 'pause' : 'play'} />
    </button>
  );
}
