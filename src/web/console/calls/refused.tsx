import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { paths } from '../api/schema.js';
import { api } from '../api/client.js';
import { formatExactInstant, formatWhen, groupDigits } from '../format.js';
import { CallButton } from '../dialling/deferred-button.js';
import { can } from '../session.js';
import { Icon } from '../ui/icon.js';
import { texts } from './texts.js';

type RefusedCall =
  paths['/api/v1/refused-calls']['get']['responses'][200]['content']['application/json']['calls'][number];

const MOST = 50;
/** Older ones are not worth a notice. */
const RECENT_DAYS = 7;
const DAY_MS = 86_400_000; // eslint-disable-line no-restricted-syntax -- lib/time.ts is not for browsers

/**
 * Calls that were refused before a plan began: they are in no other list. Nothing when there are none.
 * @param number only calls from or to it, in any notation; empty: all
 */
export function RefusedCalls({ number }: { number: string }) {
  const refused = useSignal<RefusedCall[]>([]);
  useEffect(() => {
    void api.get('/api/v1/refused-calls', { query: { limit: MOST } }).then((outcome) => {
      const since = Date.now() - RECENT_DAYS * DAY_MS;
      // Without them the list of calls is as useful as before.
      if (outcome.ok) refused.value = outcome.data.calls.filter((call) => Date.parse(call.last_at) > since);
    });
  }, []);
  const calls = refused.value.filter((call) => number === '' || hasNumber(call, number));
  if (calls.length === 0) return null;
  return (
    <details class="refused-calls card" open={number !== ''}>
      <summary>
        <Icon name="warning" /> {texts.refusedCalls(calls.length)}
      </summary>
      <ul>
        {calls.map((call) => (
          <li key={call.id}>
            <span>
              {sentenceOf(call)} {call.caller !== '' && <CallButton number={call.caller} />}
            </span>
            <time class="soft" dateTime={call.last_at} title={formatExactInstant(call.last_at)}>
              {call.times > 1 && `${call.times}× · `}
              {formatWhen(call.last_at)}
            </time>
          </li>
        ))}
      </ul>
      {can('metrics:read') && (
        <p>
          <a href="/system">{texts.aboutRefused}</a>
        </p>
      )}
    </details>
  );
}

/** Fewer digits would find calls by chance. */
const FEWEST_DIGITS = 3;

function hasNumber({ caller, dialled }: RefusedCall, number: string): boolean {
  const digits = number.replaceAll(/\D/g, '').replace(/^0+/, '');
  return digits.length >= FEWEST_DIGITS && [caller, dialled].some((each) => each.includes(digits));
}

function sentenceOf({ caller, dialled, reason }: RefusedCall): string {
  const who = caller === '' ? texts.somebody : groupDigits(caller);
  return texts.refusedSentence(who, dialled === '' ? '–' : groupDigits(dialled), texts.refusals[reason]);
}
