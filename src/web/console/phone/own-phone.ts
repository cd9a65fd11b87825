import { computed, effect, signal } from '@preact/signals';
import type { ShownCall } from '../../../monitor/protocol.js';
import { state as liveState } from '../now/live.js';
import { session } from '../session.js';
import { AccountSource } from './account.js';
import type { MediaPath } from './media-path.js';
import { OperatorPhone } from './operator-phone.js';
import { Ringer } from './ringer.js';
import { returningTalk } from './returning-talk.js';
import type { SipClient } from './sip-client.js';
import type { SoundQuality } from './sound-quality.js';
import { PhoneTab } from './tab.js';
import { Microphone } from './voice.js';

/** The phone of the logged-in operator: one for the page, whatever page of the console is shown. */

const ON_KEY = 'cordboard-phone';
const handset = session.handset ?? '';

export const wasOn = localStorage.getItem(ON_KEY) === 'on';

/** What the other parties say, by call. */
export const sounds = signal<ReadonlyMap<string, MediaStream>>(new Map());

/** How well both sides hear each other, by call. */
export const soundQualities = signal<ReadonlyMap<string, SoundQuality>>(new Map());

/** Of the present call, or the last one. */
export const mediaPath = signal<MediaPath>('direct');

export let microphone: Microphone;

export const phone = new OperatorPhone((report) => {
  microphone = new Microphone(report);
  let sip: SipClient | undefined;
  const accounts = new AccountSource({
    handset,
    report,
    renew: (account) => sip?.renew(account),
    isInUse: () => phone.state.peek().reach !== 'off',
  });
  return {
    microphone,
    tab: new PhoneTab(`cordboard-phone-${handset}`, report),
    async loadSip() {
      const { SipClient } = await import('./sip-client.js');
      return (sip = new SipClient({
        report,
        play,
        voiceOf: () => microphone.forCall(),
        onMediaPath: (found) => (mediaPath.value = found),
        onSound: (call, quality) => (soundQualities.value = withEntry(soundQualities.peek(), call, quality)),
        now: Date.now,
      }));
    },
    fetchAccount: () => void accounts.fetch(),
    remember(isOn) {
      if (isOn) localStorage.setItem(ON_KEY, 'on');
      else localStorage.removeItem(ON_KEY);
    },
  };
});

export const phoneState = phone.state;
export const ringer = new Ringer();

export const ringingCall = computed(() => phoneState.value.calls.find(({ stage }) => stage === 'ringing'));

/** The call at this handset as the gateway has it: with the name and the orders of the caller. */
export const callAtGateway = computed((): ShownCall | undefined =>
  Object.values(liveState.value?.calls ?? {}).find(({ rings, talk, from, transfer }) =>
    [...rings, talk, from, transfer?.to].some((party) => party?.handset === handset),
  ),
);

effect(() => {
  // A talk that comes back after a reload is answered by itself.
  if (ringingCall.value === undefined || returningTalk.value !== undefined) ringer.stop();
  else ringer.ring();
});

function play(call: string, sound: MediaStream | undefined): void {
  sounds.value = withEntry(sounds.peek(), call, sound);
}

/** @param value undefined: without the entry */
function withEntry<T>(map: ReadonlyMap<string, T>, key: string, value: T | undefined): ReadonlyMap<string, T> {
  const next = new Map(map);
  if (value === undefined) next.delete(key);
  else next.set(key, value);
  return next;
}
