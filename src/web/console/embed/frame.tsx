import { computed, effect } from '@preact/signals';
import { render } from 'preact';
import { monitorConnection, state as liveState } from '../now/live.js';
import PhoneDock from '../phone/dock.js';
import { phone, phoneState, ringer } from '../phone/own-phone.js';
import { PhoneTab } from '../phone/tab.js';
import { can, session } from '../session.js';
import { Toasts } from '../ui/toasts.js';
import { CallEvents } from './call-events.js';
import { isCommandName, runCommand } from './commands.js';
import { PageLocks } from './page-locks.js';
import { isMessage } from './page-port.js';
import type { EmbeddedCall, FromFrame } from './protocol.js';
import type { SessionKeeper } from './session-keeper.js';

/** Height of a dialog, which is above the content of the frame. */
const DIALOG_PX = 480;

interface FrameParts {
  place: HTMLElement;
  /** Leads to the page. */
  port: MessagePort;
  keeper: SessionKeeper;
  /** It is switched on without a press. */
  isOn: boolean;
}

/** Shows the phone and connects it with the page. */
export function start({ place, port, keeper, isOn }: FrameParts): void {
  followSessions(keeper);
  const send = (message: FromFrame) => port.postMessage(message);
  PhoneTab.locks = new PageLocks(port);
  const shownCalls = reportCalls(send);
  port.addEventListener('message', ({ data }) => void onCommand(data, shownCalls, send));
  render(
    <>
      <PhoneDock />
      <Toasts />
    </>,
    place,
  );
  reportHeight(place, send);
  if (!isOn || phoneState.peek().reach !== 'off') return;
  ringer.prepare();
  phone.handle({ type: 'switched_on' });
}

/** The connections of a session that has ended are opened again. */
function followSessions(keeper: SessionKeeper): void {
  keeper.onSession(() => {
    monitorConnection.reconnectNow();
    phone.handle({ type: 'retried' });
  });
}

/** @returns the calls as the page knows them */
function reportCalls(send: (message: FromFrame) => void): () => readonly EmbeddedCall[] {
  const handset = session.handset ?? '';
  let shown: readonly EmbeddedCall[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const events = new CallEvents({
    handset,
    seesNumbers: can('numbers:read'),
    now: Date.now,
    emit: (event) => {
      if (event.name === 'state') shown = event.detail.calls;
      send({ type: 'event', event });
    },
  });
  const known = computed(() =>
    Object.values(liveState.value?.calls ?? {}).filter(({ rings, talk, from }) =>
      [...rings, talk, from].some((party) => party?.handset === handset),
    ),
  );
  const update = () => {
    clearTimeout(timer);
    const againInMs = events.update(phoneState.peek(), known.peek());
    if (againInMs !== undefined) timer = setTimeout(update, againInMs);
  };
  effect(() => {
    void [phoneState.value, known.value];
    update();
  });
  return () => shown;
}

async function onCommand(
  data: unknown,
  shownCalls: () => readonly EmbeddedCall[],
  send: (message: FromFrame) => void,
): Promise<void> {
  if (!isMessage(data, 'command')) return;
  const { id, name, args } = data;
  if (typeof id !== 'number' || !isCommandName(name) || !Array.isArray(args)) return;
  const callIdOf = (call: string) => shownCalls().find((each) => each.id === call)?.callId ?? undefined;
  send({ type: 'answer', id, error: await runCommand(name, args, callIdOf) });
}

/** The page gives the frame the height of its content, and more while a dialog is open. */
function reportHeight(place: HTMLElement, send: (message: FromFrame) => void): void {
  let last = 0;
  const report = () => {
    const isDialogOpen = document.querySelector(':is(dialog[open], :popover-open)') !== null;
    const px = Math.max(Math.ceil(place.getBoundingClientRect().height), isDialogOpen ? DIALOG_PX : 0);
    if (px !== last) send({ type: 'height', px });
    last = px;
  };
  new ResizeObserver(report).observe(place);
  new MutationObserver(report).observe(place, { subtree: true, attributes: true, childList: true });
  addEventListener('toggle', report, true);
}
