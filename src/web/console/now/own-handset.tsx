import { useRef, useState } from 'preact/hooks';
import type { ShownHandset } from '../../../monitor/protocol.js';
import { session } from '../session.js';
import { openTool } from './call-tools.js';
import { sendCommand } from './handset-control.js';
import { ignoreRepeats } from './key-repeats.js';
import { texts } from './texts.js';

/** Presses within this time after another one are ignored. */
const PAUSE_MS = 900;

/** The login and pause buttons of the operator's own handset. */
export function OwnHandset({ handset }: { handset: ShownHandset }) {
  const [reason, setReason] = useState('');
  const isIn = handset.queues.length > 0;
  const isPaused = isIn && handset.queues.every(({ paused }) => paused);
  const pressedAt = useRef(-PAUSE_MS);
  const button = (command: Parameters<typeof sendCommand>[1], word: string) => (
    <button
      type="button"
      onClick={() => {
        // After the command, the button of the opposite command appears in the same place.
        if (performance.now() - pressedAt.current < PAUSE_MS) return;
        pressedAt.current = performance.now();
        void sendCommand(handset.name, command, reason);
      }}
      onKeyDown={ignoreRepeats}
    >
      {word}
    </button>
  );
  return (
    <span class="own">
      <button type="button" onClick={() => openTool({ dialFrom: handset.name })}>
        {texts.callNumber}
      </button>
      {isIn && !isPaused && session.pauseReasons.length > 0 && (
        <select
          aria-label={texts.pauseReason}
          value={reason}
          onChange={({ currentTarget: { value } }) => setReason(value)}
        >
          <option value="">{texts.noReason}</option>
          {session.pauseReasons.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      )}
      {isIn && (isPaused ? button('unpause', texts.unpause) : button('pause', texts.pause))}
      {isIn ? button('log-out', texts.leaveQueues) : button('log-in', texts.enterQueues)}
    </span>
  );
}
