import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { paths } from '../api/schema.js';
import { api } from '../api/client.js';
import { pageLanguage } from '../texts.js';
import { Combobox } from '../ui/combobox.js';
import type { Option } from '../ui/field.js';
import { showFailure } from '../ui/toasts.js';
import { PlayButton } from './play-button.js';
import { texts } from './texts.js';

type Shipped = paths['/api/v1/shipped-sounds']['get']['responses'][200]['content']['application/json'];

interface HeardOption extends Option {
  url: string | undefined;
}

interface ShippedSoundProps {
  of: 'sounds' | 'music';
  value: string | null;
  /** Nothing else can be heard, so there must be one. */
  isNeeded: boolean;
  hint: string;
  onChange: (sound: string | undefined) => void;
}

/** The choice among the recordings that ship with Cordboard. They are named by what they say. */
export function ShippedSound({ of, value, isNeeded, hint, onChange }: ShippedSoundProps) {
  const options = useSignal<HeardOption[] | undefined>(undefined);
  useEffect(() => {
    void api.get('/api/v1/shipped-sounds').then((outcome) => {
      if (outcome.ok) options.value = of === 'music' ? musicOf(outcome.data) : soundsOf(outcome.data);
      else showFailure(outcome.status);
    });
  }, [of]);
  if (options.value === undefined) return null;
  const chosen = options.value.find((option) => option.value === value);
  return (
    <div class="with-listen shipped-sound">
      <Combobox
        label={texts.shippedSound}
        hint={hint}
        value={value ?? ''}
        options={options.value}
        optional={!isNeeded}
        placeholder={texts.noShippedSound}
        onChange={(sound) => sound !== (value ?? '') && onChange(sound === '' ? undefined : sound)}
      />
      {chosen?.url !== undefined && <PlayButton url={chosen.url} what={chosen.name} />}
    </div>
  );
}

function soundsOf({ sounds }: Shipped): HeardOption[] {
  return sounds.map(({ sound, audio }) => {
    const said = audio.find(({ language }) => language === pageLanguage) ?? audio[0];
    return { value: sound, name: said?.text ?? sound, hint: sound, url: said?.url };
  });
}

function musicOf({ music }: Shipped): HeardOption[] {
  return music.map(({ sound, url }) => ({ value: sound, name: sound, url }));
}
