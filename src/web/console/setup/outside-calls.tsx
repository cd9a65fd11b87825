import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../api/client.js';
import { groupDigits } from '../format.js';
import { Badge } from '../ui/badge.js';
import { texts } from './texts.js';

const words = texts.test;
const POLL_MS = 2_000;

interface Arrived {
  /** Calls of other numbers, newest first. */
  unknown: { number: string; times: number }[];
  /** The caller of the newest call of the line; undefined without one. */
  caller: string | undefined;
}

/** What arrives from outside while the page is open: a call of the line, or of a number that no line has. */
export function OutsideCalls(props: { line: string; onUse: (number: string) => unknown }) {
  const { line, onUse } = props;
  const arrived = useSignal<Arrived>({ unknown: [], caller: undefined });
  useEffect(() => {
    let known: Set<string> | undefined;
    let isCurrent = true;
    const read = async () => {
      const [refused, calls] = await Promise.all([
        api.get('/api/v1/refused-calls', { query: { reason: 'unknown_line', limit: 20 } }),
        api.get('/api/v1/calls', { query: { line, direction: 'incoming', limit: 20 } }),
      ]);
      if (!isCurrent || !refused.ok || !calls.ok) return;
      const found = [...refused.data.calls, ...calls.data.calls].map(({ id }) => String(id));
      known ??= new Set(found);
      const isNew = ({ id }: { id: string | number }) => known?.has(String(id)) === false;
      const caller = calls.data.calls.find((call) => isNew(call) && isNumber(call.caller))?.caller;
      arrived.value = { unknown: merged(refused.data.calls.filter(isNew)), caller };
    };
    void read();
    const timer = setInterval(() => void read(), POLL_MS);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [line]);
  const { unknown, caller } = arrived.value;
  return (
    <section class="card" aria-labelledby="outside">
      <h3 id="outside">{words.outside}</h3>
      <p class="soft">{words.outsideHint}</p>
      <div role="status">
        {caller !== undefined && (
          <Badge tone="free" icon="check">
            {words.arrived(groupDigits(caller))}
          </Badge>
        )}
        {caller === undefined && unknown.length === 0 && (
          <Badge tone="quiet" icon="wait">
            {words.waitingOutside}
          </Badge>
        )}
        {unknown.map(({ number, times }) => (
          <p key={number}>
            {words.unknownLine(groupDigits(number))} {times > 1 && <span class="soft">({words.times(times)})</span>}{' '}
            <button type="button" onClick={() => void onUse(number)}>
              {words.useNumber}
            </button>
          </p>
        ))}
      </div>
    </section>
  );
}

/** Calls from handsets, such as the one of this page, have their name in place of a number. */
function isNumber(caller: string): boolean {
  return /^\+\d+$/.test(caller);
}

function merged(calls: readonly { number: string | null; times: number }[]): Arrived['unknown'] {
  const sums = new Map<string, number>();
  for (const { number, times } of calls) if (number !== null) sums.set(number, (sums.get(number) ?? 0) + times);
  return [...sums].map(([number, times]) => ({ number, times }));
}
