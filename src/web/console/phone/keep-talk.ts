import { effect } from '@preact/signals';
import { api } from '../api/client.js';
import { session } from '../session.js';
import { showProblem } from '../ui/toasts.js';
import { callAtGateway, phone, phoneState, ringingCall } from './own-phone.js';
import { expectedCall } from './expected-call.js';
import { ownTalk } from './own-transfer.js';
import { returningTalk, storeTalk } from './returning-talk.js';
import { texts } from './texts.js';

/** How long the talk may take to ring here again. */
const RETURN_MS = 15_000;

/** Keeps a talk over a reload of the page, and out of the way of links to pages without the phone. @returns ends it */
export function keepTalk(): () => void {
  const onLeave = () => {
    const [call, second] = phoneState.peek().calls;
    const known = ownTalk.peek();
    // Asterisk waits for the audio of a page that comes back. Other calls end with the page.
    if (call?.stage === 'talking' && second === undefined && known !== undefined) storeTalk(known.id);
    else phone.leave();
  };
  addEventListener('pagehide', onLeave);
  addEventListener('click', openBeside);
  const stops = [bringBack(), effect(answerExpected)];
  return () => {
    removeEventListener('pagehide', onLeave);
    removeEventListener('click', openBeside);
    for (const stop of stops) stop();
  };
}

/** Answers the parked call that was picked up on this page. */
function answerExpected(): void {
  const ringing = ringingCall.value;
  if (ringing === undefined || expectedCall.value === undefined || callAtGateway.value?.id !== expectedCall.value)
    return;
  expectedCall.value = undefined;
  phone.handle({ type: 'answered', id: ringing.id });
}

/** During a call, links to pages that the server renders open in another tab. */
function openBeside(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
  if (event.defaultPrevented || link === null || link.target !== '' || phoneState.peek().calls.length === 0) return;
  event.preventDefault();
  window.open(link.href, '_blank', 'noopener');
}

/** Requests the talk as soon as calls arrive, and answers it. */
function bringBack(): () => void {
  if (returningTalk.peek() === undefined) return () => undefined;
  let isRequested = false;
  const giveUp = () => {
    clearTimeout(timer);
    if (returningTalk.peek() === undefined) return;
    returningTalk.value = undefined;
    showProblem(texts.talkLost);
  };
  const timer = setTimeout(giveUp, RETURN_MS);
  return effect(() => {
    const callId = returningTalk.value;
    if (callId === undefined) return;
    if (phoneState.value.reach === 'ready' && !isRequested) {
      isRequested = true;
      void requestTalk(callId).then((isAccepted) => {
        if (!isAccepted) giveUp();
      });
    }
    const ringing = ringingCall.value;
    if (ringing === undefined || callAtGateway.value?.id !== callId) return;
    clearTimeout(timer);
    returningTalk.value = undefined;
    phone.handle({ type: 'answered', id: ringing.id });
  });
}

async function requestTalk(callId: string): Promise<boolean> {
  const name = session.handset ?? '';
  const body = { call_id: callId, handset: name };
  return (await api.post('/api/v1/handsets/{name}/transfer', { path: { name }, body })).ok;
}
