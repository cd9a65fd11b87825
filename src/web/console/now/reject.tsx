import type { ShownCall } from '../../../monitor/protocol.js';
import { can } from '../session.js';
import { texts as consoleTexts } from '../shell/texts.js';
import { Icon } from '../ui/icon.js';
import { ignoreRepeats } from './key-repeats.js';
import { callerName } from './names.js';
import { acceptsPress } from './press-places.js';
import { reject, rejectOf, type RejectState } from './rejects.js';
import { texts } from './texts.js';

const STATE_TEXTS: Record<RejectState, string> = {
  pending: texts.rejecting,
  sending: texts.rejecting,
  done: texts.rejected,
  failed: texts.notRejected,
  forbidden: texts.mayNotReject,
};

/**
 * The ✕ button, which rejects a caller after three seconds to undo it. The focus stays on it, where further presses do nothing. It ignores
 * keys that are held down, and presses that were meant for a row which has just moved away.
 */
export function Reject({ call }: { call: ShownCall }) {
  const current = rejectOf(call.id);
  if (!can('calls:reject')) return null;
  const isOver = current !== undefined && current.state !== 'failed' && current.state !== 'forbidden';
  return (
    <span class="reject">
      <span class={current?.state === 'failed' ? 'said bad' : 'said'} role="status">
        {current && STATE_TEXTS[current.state]}
      </span>
      {current?.state === 'pending' && (
        <button type="button" class="undo" onClick={current.undo}>
          {consoleTexts.undo}
        </button>
      )}
      <button
        type="button"
        class="icon-only danger"
        data-call={call.id}
        aria-label={`${texts.reject}: ${callerName(call)}`}
        aria-disabled={isOver}
        title={texts.reject}
        onClick={(event) => {
          if (!isOver && acceptsPress(event)) reject(call);
        }}
        onKeyDown={ignoreRepeats}
      >
        <Icon name="close" />
      </button>
    </span>
  );
}
