import { effect } from '@preact/signals';
import { phoneTitle } from '../shell/title.js';
import { whoOf } from './names.js';
import { callAtGateway, ringer, ringingCall } from './own-phone.js';
import { texts } from './texts.js';

/** The shop usually answers within this time who calls. */
const NAME_WAIT_MS = 500;

/** Shows a ringing call in the title of the tab and as a notification of the desktop. @returns ends it */
export function announceRinging(): () => void {
  // The first press on the page allows the browser to ring.
  const prepare = () => {
    if (ringer.isSilent.peek()) ringer.prepare();
  };
  addEventListener('pointerdown', prepare);
  addEventListener('keydown', prepare);
  const stopTitle = effect(() => {
    const call = ringingCall.value;
    phoneTitle.value = call === undefined ? '' : texts.calls(whoOf(call));
  });
  const stopNotification = notifyRinging();
  return () => {
    removeEventListener('pointerdown', prepare);
    removeEventListener('keydown', prepare);
    stopTitle();
    stopNotification();
  };
}

function notifyRinging(): () => void {
  let shown: Notification | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastId: string | undefined;
  return effect(() => {
    const id = ringingCall.value?.id;
    if (id === lastId) return;
    lastId = id;
    clearTimeout(timer);
    shown?.close();
    shown = undefined;
    if (id === undefined) return;
    timer = setTimeout(() => {
      const call = ringingCall.peek();
      if (call?.id === id && Notification.permission === 'granted' && !document.hasFocus())
        // The tag of the page Now: one notification for each call.
        shown = showNotification(texts.calls(whoOf(call)), callAtGateway.peek()?.id ?? id);
    }, NAME_WAIT_MS);
  });
}

function showNotification(text: string, tag: string): Notification {
  const shown = new Notification(text, { tag, requireInteraction: true });
  shown.onclick = () => {
    window.focus();
    shown.close();
  };
  return shown;
}
