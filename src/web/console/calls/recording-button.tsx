import { useState } from 'preact/hooks';
import { api } from '../api/client.js';
import { toggle } from '../audio/player.js';
import { usePlays } from '../audio/plays.js';
import { PlayButton } from '../ui/play-button.js';
import { showFailure } from '../ui/toasts.js';
import { texts } from './texts.js';

/** Plays the first recording of a call, without its page. @param who the outside party, for screen readers */
export function RecordingButton({ call, who }: { call: string; who: string }) {
  const [url, setUrl] = useState<string | undefined>(undefined);
  const plays = usePlays(url);
  const press = async () => {
    if (url !== undefined) {
      toggle(url);
      return;
    }
    const outcome = await api.get('/api/v1/calls/{id}', { path: { id: call } });
    const audio = outcome.ok ? outcome.data.recordings[0]?.audio : undefined;
    if (audio === undefined) showFailure(outcome.ok ? 404 : outcome.status);
    else {
      setUrl(audio);
      toggle(audio);
    }
  };
  const label = plays ? texts.stopRecording(who) : texts.playRecording(who);
  return <PlayButton plays={plays} label={label} onPress={() => void press()} />;
}
