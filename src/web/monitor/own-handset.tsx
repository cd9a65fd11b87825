import { useRef, useState } from 'preact/hooks';
import type { ShownHandset } from '../../monitor/protocol.js';
import { texts } from './texts.js';
import { ignoreRepeats } from './format.js';

/** Presses within this time after another one are ignored. */
const PAUSE_MS = 900;

type Command = 'log-in' | 'log-out' | 'pause' | 'unpause';

/** The handset of the logged-in operator. */
export interface Own {
  handset: string;
  /** The configured reasons for pauses. */
  reasons: string[];
}

/** The login and pause buttons of the operator's own handset. The result appears with the next delta of the monitor. */
export function OwnHandset({ handset, reasons }: { handset: ShownHandset; reasons: string[] }) {
  const [reason, setReason] = useState('');
  const [failed, setFailed] = useState(false);
  const isIn = handset.queues.length > 0;
  const isPaused = isIn && handset.queues.every(({ paused }) => paused);
  const pressedAt = useRef(-PAUSE_MS);
  const press = async (command: Command) => {
    // After the command, the button of the opposite command appears in the same place.
    if (performance.now() - pressedAt.current < PAUSE_MS) return;
    pressedAt.current = performance.now();
    setFailed(!(await send(handset.name, command, command === 'pause' ? { reason } : {})));
  };
  const button = (command: Command, word: string) => (
    <button type="button" onClick={() => void press(command)} onKeyDown={ignoreRepeats}>
      {word}
    </button>
  );
  return (
    <span class="own">
      {isIn && !isPaused && reasons.length > 0 && (
        <select
          aria-label={texts.pauseReason}
          value={reason}
          onChange={({ currentTarget: { value } }) => setReason(value)}
        >
          <option value="">{texts.noReason}</option>
          {reasons.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      )}
      {isIn && (isPaused ? button('unpause', texts.unpause) : button('pause', texts.pause))}
      {isIn ? button('log-out', texts.leaveQueues) : button('log-in', texts.enterQueues)}
      <span class="bad" role="status">
        {failed ? texts.notDone : ''}
      </span>
    </span>
  );
}

async function send(handset: string, command: Command, body: { reason?: string }): Promise<boolean> {
  try {
    const { ok } = await fetch(`/api/v1/handsets/${encodeURIComponent(handset)}/${command}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return ok;
  } catch {
    return false;
  }
}
