import { computed, signal } from '@preact/signals';
import { can, session } from '../session.js';
import { MonitorConnection, type Live } from './connection.js';
import { isAutoOpenOn, recordPop, type Pop } from './pop-memory.js';

const LABEL_KEY = 'cordboard-monitor-label';
const MAX_POPS = 10;

/** The live state of the gateway. It stays up to date while other pages of the console are shown. */
export const live = signal<Live>({ state: undefined, lostAt: undefined, clockAheadMs: 0 });
export const state = computed(() => live.value.state);
/** How far this browser's clock is ahead of the gateway's. */
export const clockAheadMs = computed(() => live.value.clockAheadMs);
/** The watched label of handsets; null: all. */
export const label = signal<string | null>(
  new URLSearchParams(location.search).get('handset') ?? localStorage.getItem(LABEL_KEY),
);
export const pops = signal<Pop[]>([]);

const onPop = (pop: Pop) => {
  if (recordPop(pop)) pops.value = [...pops.value, pop].slice(-MAX_POPS);
};

export const monitorConnection = new MonitorConnection(
  (now) => (live.value = now),
  label.value,
  session.pops === 'off' ? undefined : { autoOpen: isAutoOpenOn, onPop },
);
if (can('monitor:read')) monitorConnection.open();
for (const event of ['online', 'focus'] as const) addEventListener(event, () => monitorConnection.reconnectNow());

export function watchLabel(chosen: string | null): void {
  label.value = chosen;
  if (chosen === null) localStorage.removeItem(LABEL_KEY);
  else localStorage.setItem(LABEL_KEY, chosen);
  monitorConnection.watch(chosen);
}
