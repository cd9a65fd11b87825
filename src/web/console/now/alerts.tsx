import { computed, effect, signal } from '@preact/signals';
import type { ShownCall } from '../../../monitor/protocol.js';
import { session } from '../session.js';
import { alertTitle } from '../shell/title.js';
import { Switch } from '../ui/switch.js';
import { chime } from './chime.js';
import { state } from './live.js';
import { callerName } from './names.js';
import { isRingingHere } from './sections.js';
import { texts } from './texts.js';

const SOUND_KEY = 'cordboard-sound';
const NOTIFY_KEY = 'cordboard-notify';
/** The shop usually answers within this time who calls. */
const NAME_WAIT_MS = 500;

const sound = signal(localStorage.getItem(SOUND_KEY) === 'on');
const notify = signal(localStorage.getItem(NOTIFY_KEY) === 'on' && Notification.permission === 'granted');

/** The ringing calls that concern the visitor: at their own handset, or all without one. */
const ringing = computed(() =>
  Object.values(state.value?.calls ?? {}).filter(
    (call) =>
      isRingingHere(call) &&
      (session.handset === null || call.rings.some(({ handset }) => handset === session.handset)),
  ),
);
let announced = new Set<string>();
/** The last ringing calls, for screen readers. */
const words = signal('');

// The title of the page, a sound, a notification of the desktop: once for each call.
effect(() => {
  const calls = ringing.value;
  const [first] = calls;
  alertTitle.value = first === undefined ? '' : `(${calls.length}) ${callerName(first)}`;
  const fresh = calls.filter(({ id }) => !announced.has(id));
  announced = new Set(calls.map(({ id }) => id));
  if (fresh.length === 0) return;
  if (sound.peek()) chime();
  setTimeout(() => announce(fresh.map(({ id }) => id)), NAME_WAIT_MS);
});

function announce(ids: string[]): void {
  const calls = ids.flatMap((id) => state.value?.calls[id] ?? []);
  if (calls.length === 0) return;
  words.value = texts.newRinging(calls.map(callerName).join(', '));
  if (notify.value) for (const call of calls) showNotification(call);
}

function showNotification(call: ShownCall): void {
  const shown = new Notification(texts.newRinging(callerName(call)), { tag: call.id });
  shown.onclick = () => {
    window.focus();
    shown.close();
  };
}

/** Says each ringing call once to screen readers. */
export function Announcer() {
  return (
    <p class="unseen" aria-live="polite">
      {words}
    </p>
  );
}

/** The switches for sound and desktop notifications. A browser plays sounds only after a press. */
export function AlertSwitches() {
  const setSound = (on: boolean) => {
    sound.value = on;
    localStorage.setItem(SOUND_KEY, on ? 'on' : 'off');
    if (on) chime();
  };
  const setNotify = async (on: boolean) => {
    notify.value = on && (await Notification.requestPermission()) === 'granted';
    localStorage.setItem(NOTIFY_KEY, notify.value ? 'on' : 'off');
    isBlocked.value = on && !notify.value;
  };
  return (
    <>
      <Switch name={texts.sound} icon="ring" on={sound.value} onChange={setSound} />
      <Switch name={texts.notify} icon="talk" on={notify.value} onChange={(on) => void setNotify(on)} />
      {isBlocked.value && (
        <p class="bad" role="status">
          {texts.notifyBlocked}
        </p>
      )}
    </>
  );
}

const isBlocked = signal(false);
