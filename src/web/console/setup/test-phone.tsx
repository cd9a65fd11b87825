import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ShownCall } from '../../../monitor/protocol.js';
import { api } from '../api/client.js';
import { groupDigits } from '../format.js';
import { live } from '../now/live.js';
import type { BrowserPhone } from '../phone/phone.js';
import { Badge, type Tone } from '../ui/badge.js';
import { SoundMeter } from './sound-meter.js';
import { texts } from './texts.js';

const words = texts.test;
const KEYS = '1 2 3 4 5 6 7 8 9 * 0 #'.split(' ');
const REGISTRATION_MS = 20_000;

type Trouble = 'failed' | 'refused';

/** The telephone of the test call: it calls the company's line, so that the visitor hears the call plan. */
export function TestPhone({ handset, number }: { handset: string; number: string }) {
  const phone = useSignal<BrowserPhone | undefined>(undefined);
  const trouble = useSignal<Trouble | undefined>(undefined);
  const isStarting = useSignal(false);
  const hasHeard = useSignal(false);
  const keep = useStoppedPhone(phone);
  const call = async () => {
    if (isStarting.value) return;
    isStarting.value = true;
    trouble.value = undefined;
    const started = phone.value ?? (await startPhone(handset));
    keep(started);
    const isReady = started !== undefined && (await isRegistered(started));
    if (isReady) await started.dial(number);
    else trouble.value = started === undefined ? 'failed' : 'refused';
    isStarting.value = false;
  };
  const current = phone.value;
  const talk = current?.call.value;
  return (
    <section class="phone card" aria-label={words.call}>
      {talk === undefined && (
        <button type="button" class="primary big" aria-disabled={isStarting.value} onClick={() => void call()}>
          {words.call} {groupDigits(number)}
        </button>
      )}
      <p role="status" data-call={talk?.state ?? 'none'}>
        {isStarting.value && talk === undefined && words.connecting}
        {talk?.state === 'calling' && words.calling}
        {talk?.state === 'talking' && words.talking}
        {talk === undefined && !isStarting.value && hasHeard.value && words.heardWell}
      </p>
      {trouble.value !== undefined && (
        <p class="bad" role="alert">
          {words[trouble.value]} <a href="/system">{words.failedHint}</a>
        </p>
      )}
      {current !== undefined && talk !== undefined && (
        <>
          <TalkControls phone={current} onHeard={() => (hasHeard.value = true)} />
          <LiveCall number={number} handset={handset} />
        </>
      )}
    </section>
  );
}

/** The telephone at which the visitor answers, while this page is open. */
export function OwnPhone({ handset }: { handset: string }) {
  const phone = useSignal<BrowserPhone | undefined>(undefined);
  const trouble = useSignal<Trouble | undefined>(undefined);
  const keep = useStoppedPhone(phone);
  const isStarting = useRef(false);
  const switchOn = async () => {
    if (isStarting.current) return;
    isStarting.current = true;
    trouble.value = undefined;
    const started = await startPhone(handset);
    isStarting.current = false;
    keep(started);
    if (started === undefined) trouble.value = 'failed';
  };
  const current = phone.value;
  const talk = current?.call.value;
  return (
    <section class="phone card" aria-labelledby="own-phone">
      <h3 id="own-phone">{words.yourPhone}</h3>
      {current === undefined ? (
        <button type="button" onClick={() => void switchOn()}>
          {words.switchOn}
        </button>
      ) : (
        <p role="status">{words.standing[current.registration.value]}</p>
      )}
      {trouble.value !== undefined && (
        <p class="bad" role="alert">
          {words.failed} <a href="/system">{words.failedHint}</a>
        </p>
      )}
      {talk?.state === 'ringing' && (
        <p role="alert">
          {words.rings(groupDigits(talk.who))}{' '}
          <button type="button" class="primary" onClick={() => void current?.answer()}>
            {words.answer}
          </button>
        </p>
      )}
      {current !== undefined && talk !== undefined && <TalkControls phone={current} onHeard={() => undefined} />}
    </section>
  );
}

function TalkControls({ phone, onHeard }: { phone: BrowserPhone; onHeard: () => void }) {
  const isTalking = phone.call.value?.state === 'talking';
  return (
    <>
      <Loudspeaker stream={phone.heard} />
      {isTalking && <SoundMeter stream={phone.heard} onSound={onHeard} />}
      {isTalking && !phone.hasMicrophone.value && <p class="soft">{words.noMicrophone}</p>}
      {isTalking && (
        <div class="keypad" role="group" aria-label={words.keys}>
          {KEYS.map((key) => (
            <button key={key} type="button" onClick={() => phone.press(key)}>
              {key}
            </button>
          ))}
        </div>
      )}
      <button type="button" onClick={() => phone.hangUp()}>
        {words.hangUp}
      </button>
    </>
  );
}

function Loudspeaker({ stream }: { stream: Signal<MediaStream | undefined> }) {
  const audio = useRef<HTMLAudioElement>(null);
  const { value } = stream;
  useEffect(() => {
    if (audio.current !== null) audio.current.srcObject = value ?? null;
  }, [value]);
  return <audio ref={audio} autoplay class="unseen" />;
}

const TONES: Record<ShownCall['state'], Tone> = { in_plan: 'talk', waiting: 'wait', ringing: 'ring', talking: 'talk' };

/** The test call as the gateway has it: the same that the page Now shows. */
function LiveCall({ number, handset }: { number: string; handset: string }) {
  const calls = Object.values(live.value.state?.calls ?? {});
  const call = calls.find(({ line, number: caller }) => line === number && lettersOf(caller) === lettersOf(handset));
  if (call === undefined) return null;
  return (
    <div class="live" aria-label={words.nowTitle} role="status">
      <b>{words.nowTitle}</b>
      <Badge tone={TONES[call.state]} icon={call.state === 'waiting' ? 'wait' : 'talk'}>
        {words.states[call.state]}
      </Badge>
    </div>
  );
}

/** A caller without a number is shown by the letters and digits of its name. */
function lettersOf(name: string): string {
  return name.replaceAll(/[^a-z0-9]/g, '');
}

/** Loads the telephone and gives its handset a password of its own. @returns undefined when that failed */
async function startPhone(handset: string): Promise<BrowserPhone | undefined> {
  const path = { name: handset };
  const [{ BrowserPhone: Phone }, outcome, servers] = await Promise.all([
    import('../phone/phone.js'),
    api.post('/api/v1/handsets/{name}/password', { path }),
    api.post('/api/v1/handsets/{name}/ice-servers', { path }),
  ]);
  if (!outcome.ok || !servers.ok) return undefined;
  return new Phone({ ...outcome.data, iceServers: servers.data.ice_servers });
}

function isRegistered(phone: BrowserPhone): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => end(false), REGISTRATION_MS);
    const unsubscribe = phone.registration.subscribe((registration) => {
      if (registration === 'registered' || registration === 'refused')
        queueMicrotask(() => end(registration === 'registered'));
    });
    const end = (isReady: boolean) => {
      clearTimeout(timer);
      unsubscribe();
      resolve(isReady);
    };
  });
}

/** The telephone ends with the page. @returns keeps a started one, or stops it when the page was left meanwhile */
function useStoppedPhone(phone: Signal<BrowserPhone | undefined>): (started: BrowserPhone | undefined) => void {
  const isLeft = useRef(false);
  useEffect(() => {
    const stop = () => phone.value?.stop();
    addEventListener('pagehide', stop);
    return () => {
      removeEventListener('pagehide', stop);
      isLeft.current = true;
      stop();
    };
  }, []);
  return (started) => {
    phone.value = started;
    if (isLeft.current) started?.stop();
  };
}
