import { useEffect, useState } from 'preact/hooks';
import { api } from '../api/client.js';
import { playing, stop, toggle } from '../audio/player.js';
import { PlayButton } from '../ui/play-button.js';
import { showFailure } from '../ui/toasts.js';
import { texts } from './texts.js';

/** Plays the first recording of a call, without its page. @param who the outside party, for screen readers */
export function RecordingButton({ call, who }: { call: string; who: string }) {
  const [url, setUrl] = useState<string | undefined>(undefined);
  useEffect(
    () => () => {
      if (playing.peek() === url) stop();
    },
    [url],
  );
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
  const plays = url !== undefined && playing.value === url;
  const label = plays ? texts.stopRecording(who) : texts.playRecording(who);
  return <PlayButton plays={plays} label={label} onPress={() => void press()} />;
}
