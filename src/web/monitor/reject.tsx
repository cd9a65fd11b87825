import { useState } from 'preact/hooks';
import type { ShownCall } from '../../monitor/protocol.js';
import type { RejectControl } from './reject-control.js';
import { texts } from './texts.js';
import { ignoreRepeats, callerName } from './format.js';

type RejectState = 'idle' | 'sending' | 'done' | 'failed' | 'forbidden';

const STATE_TEXTS: Record<RejectState, string> = {
  idle: '',
  sending: texts.rejecting,
  done: texts.rejected,
  failed: texts.notRejected,
  forbidden: texts.mayNotReject,
};

/**
 * The ✕ button, which rejects a caller. It ignores repeated presses, keys that are held down, and presses that were meant for a row which
 * has just moved away.
 */
export function Reject({
  call,
  rejects,
  enabled = rejects.mayReject,
}: {
  call: ShownCall;
  rejects: RejectControl;
  enabled?: boolean;
}) {
  const [state, setState] = useState<RejectState>('idle');
  if (!enabled) return null;
  const press = async (button: HTMLElement) => {
    if (state === 'sending' || state === 'done' || !rejects.accepts(button)) return;
    setState('sending');
    rejects.holdRow(call);
    const result = await reject(call.id);
    if (result !== 'done') rejects.releaseRow(call.id);
    setState(result);
  };
  return (
    <span class="reject">
      <span class={state === 'failed' ? 'said bad' : 'said'} role="status">
        {STATE_TEXTS[state]}
      </span>
      <button
        type="button"
        data-call={call.id}
        aria-label={`${texts.reject}: ${callerName(call)}`}
        aria-disabled={state === 'sending' || state === 'done'}
        title={texts.reject}
        onClick={({ currentTarget }) => void press(currentTarget)}
        onKeyDown={ignoreRepeats}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d="M3 3l10 10M13 3L3 13" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
        </svg>
      </button>
    </span>
  );
}

async function reject(id: string): Promise<RejectState> {
  try {
    const response = await fetch(`/api/v1/calls/${encodeURIComponent(id)}/interrupt`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    if (response.ok) return 'done';
    return response.status === 403 ? 'forbidden' : 'failed';
  } catch {
    return 'failed';
  }
}
