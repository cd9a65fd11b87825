import { useState } from 'preact/hooks';
import type { ShownCall } from '../../monitor/protocol.js';
import type { Crosses } from './crosses.js';
import { texts } from './texts.js';
import { ignoreRepeats, nameOf } from './words.js';

type Stands = 'idle' | 'sending' | 'done' | 'failed' | 'forbidden';

const SAYS: Record<Stands, string> = {
  idle: '',
  sending: texts.rejecting,
  done: texts.rejected,
  failed: texts.notRejected,
  forbidden: texts.mayNotReject,
};

/**
 * The ✕. One press rejects: a second one while the first is under way, or after it, does nothing, nor does a key that is held down, nor a press
 * that was meant for the row which was in this place before.
 */
export function Reject({
  call,
  crosses,
  enabled = crosses.may,
}: {
  call: ShownCall;
  crosses: Crosses;
  enabled?: boolean;
}) {
  const [stands, setStands] = useState<Stands>('idle');
  if (!enabled) return null;
  const press = async (button: HTMLElement) => {
    if (stands === 'sending' || stands === 'done' || !crosses.accepts(button)) return;
    setStands('sending');
    crosses.hold(call);
    const became = await reject(call.id);
    if (became !== 'done') crosses.release(call.id);
    setStands(became);
  };
  return (
    <span class="reject">
      <span class={stands === 'failed' ? 'said bad' : 'said'} role="status">
        {SAYS[stands]}
      </span>
      <button
        type="button"
        data-call={call.id}
        aria-label={`${texts.reject}: ${nameOf(call)}`}
        aria-disabled={stands === 'sending' || stands === 'done'}
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

async function reject(id: string): Promise<Stands> {
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
