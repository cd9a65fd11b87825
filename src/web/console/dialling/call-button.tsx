import { useState } from 'preact/hooks';
import { api } from '../api/client.js';
import { groupDigits } from '../format.js';
import { can, session } from '../session.js';
import { Icon } from '../ui/icon.js';
import { isFullNumber, startCall, type Callee } from './call.js';
import { NumberChecks, type NumberCheck } from './number-checks.js';
import { texts } from './texts.js';

const checks = new NumberChecks(async (numbers) => {
  const outcome = await api.post('/api/v1/dial-checks', { body: { numbers } });
  return outcome.ok ? outcome.data.checks.map(({ why }) => why as NumberCheck) : undefined;
});

/** Calls the number that stands beside it. When that is not possible, it says why. */
export function CallButton({ number, call }: Callee) {
  const [isSending, setSending] = useState(false);
  const isFull = isFullNumber(number);
  if (!isFull && call === undefined) return null;
  const shown = isFull ? groupDigits(number) : texts.thisNumber;
  const reason = obstacleTo(number, isFull);
  const label = reason === undefined ? texts.call(shown) : `${texts.call(shown)}: ${reason}`;
  const start = async () => {
    if (reason !== undefined || isSending) return;
    setSending(true);
    await startCall({ number, call }, shown);
    setSending(false);
  };
  return (
    <button
      type="button"
      class="icon-only quiet call-number"
      aria-label={label}
      title={label}
      aria-disabled={reason !== undefined}
      onClick={() => void start()}
    >
      <Icon name="calls" />
    </button>
  );
}

/** Why the visitor cannot call the number. */
function obstacleTo(number: string, isFull: boolean): string | undefined {
  if (!can('operators:read')) return texts.roleForbids;
  if (session.handset === null) return texts.noHandset;
  if (!isFull || !can('numbers:read')) return undefined;
  const { value: check } = checks.of(number);
  if (check === 'bad_number') return texts.badNumber;
  return check === 'refused' ? texts.policyForbids : undefined;
}
