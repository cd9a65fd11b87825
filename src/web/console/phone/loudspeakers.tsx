import { useEffect, useRef } from 'preact/hooks';
import { playOnChosen } from './devices.js';
import { sounds } from './own-phone.js';

/** Plays what the other parties say. */
export function Loudspeakers() {
  return (
    <>
      {[...sounds.value].map(([call, stream]) => (
        <Loudspeaker key={call} stream={stream} />
      ))}
    </>
  );
}

function Loudspeaker({ stream }: { stream: MediaStream }) {
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const element = audio.current;
    if (element === null) return undefined;
    element.srcObject = stream;
    return playOnChosen(element, 'voice');
  }, [stream]);
  return <audio ref={audio} autoplay class="unseen" />;
}
