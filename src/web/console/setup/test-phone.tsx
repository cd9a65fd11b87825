import { useSignal, type ReadonlySignal, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ShownCall } from '../../../monitor/protocol.js';
import { groupDigits } from '../format.js';
import { live } from '../now/live.js';
import type { Reach } from '../phone/phone-state.js';
import { Badge, type Tone } from '../ui/badge.js';
import type { SetupPhone, Trouble } from './setup-phone.js';
import { SoundMeter } from './sound-meter.js';
import { texts } from './texts.js';

const words = texts.test;
const KEYS = '1 2 3 4 5 6 7 8 9 * 0 #'.split(' ');

/** The telephone of the test call: it calls the company's line, so that the visitor hears the call plan. */
export function TestPhone({ handset, number }: { handset: string; number: string }) {
  const phone = useSignal<SetupPhone | undefined>(undefined);
  const trouble = useSignal<Trouble | undefined>(undefined);
  const isStarting = useSignal(false);
  const hasHeard = useSignal(false);
  const load = usePhone(phone, handset);
  const talk = phone.value?.call.value;
  const ended = phone.value?.ended.value;
  const call = async () => {
    if (isStarting.value) return;
    isStarting.value = true;
    trouble.value = undefined;
    const loaded = await load();
    const refusal = loaded === undefined ? 'failed' : await loaded.start();
    if (refusal === undefined) loaded?.dial(number);
    else loaded?.stop();
    trouble.value = refusal;
    isStarting.value = false;
  };
  useEffect(() => {
    if (ended === undefined) return;
    if (ended.why !== 'over') trouble.value = 'failed';
    // The microphone is in use only during a call.
    phone.value?.stop();
  }, [ended]);
  return (
    <section class="phone card" aria-label={words.call}>
      {talk === undefined && (
        <button type="button" class="primary big" aria-disabled={isStarting.value} onClick={() => void call()}>
          {words.call} {groupDigits(number)}
        </button>
      )}
      <p role="status" data-call={talk?.stage ?? 'none'}>
        {isStarting.value && talk === undefined && words.connecting}
        {talk?.stage === 'calling' && words.calling}
        {talk?.stage === 'talking' && words.talking}
        {talk === undefined && !isStarting.value && hasHeard.value && words.heardWell}
      </p>
      {trouble.value !== undefined && (
        <p class="bad" role="alert">
          {words[trouble.value]} <SystemLink />
        </p>
      )}
      {phone.value !== undefined && talk !== undefined && (
        <>
          <TalkControls phone={phone.value} onHeard={() => (hasHeard.value = true)} />
          <LiveCall number={number} handset={handset} />
        </>
      )}
    </section>
  );
}

type Standing = keyof typeof words.standing;
const STANDINGS: Partial<Record<Reach, Standing>> = {
  registered: 'registered',
  ready: 'registered',
  lost: 'lost',
  refused: 'refused',
};

/** The telephone at which the visitor answers, while this page is open. It connects again by itself. */
export function OwnPhone({ handset }: { handset: string }) {
  const phone = useSignal<SetupPhone | undefined>(undefined);
  const load = usePhone(phone, handset);
  const isLoading = useRef(false);
  const switchOn = async () => {
    if (isLoading.current) return;
    isLoading.current = true;
    await (await load())?.start();
    isLoading.current = false;
  };
  const current = phone.value;
  const talk = current?.call.value;
  const standing = current === undefined ? undefined : (STANDINGS[current.reach.value] ?? 'connecting');
  return (
    <section class="phone card" aria-labelledby="own-phone">
      <h3 id="own-phone">{words.yourPhone}</h3>
      {standing === undefined ? (
        <button type="button" onClick={() => void switchOn()}>
          {words.switchOn}
        </button>
      ) : (
        <p role="status">{words.standing[standing]}</p>
      )}
      {(standing === 'refused' || standing === 'lost') && (
        <p class="bad">
          <SystemLink />
        </p>
      )}
      {talk?.stage === 'ringing' && (
        <p role="alert">
          {words.rings(groupDigits(talk.name || talk.number))}{' '}
          <button type="button" class="primary" onClick={() => current?.answer()}>
            {words.answer}
          </button>
        </p>
      )}
      {current !== undefined && talk !== undefined && <TalkControls phone={current} onHeard={() => undefined} />}
    </section>
  );
}

function SystemLink() {
  return <a href="/system">{words.failedHint}</a>;
}

function TalkControls({ phone, onHeard }: { phone: SetupPhone; onHeard: () => void }) {
  const isTalking = phone.call.value?.stage === 'talking';
  return (
    <>
      <Loudspeaker stream={phone.sound} />
      {isTalking && <SoundMeter stream={phone.sound} onSound={onHeard} />}
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

function Loudspeaker({ stream }: { stream: ReadonlySignal<MediaStream | undefined> }) {
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

/** A telephone that ends with the page. @returns loads it; undefined when that failed, or the page was left meanwhile */
function usePhone(phone: Signal<SetupPhone | undefined>, handset: string): () => Promise<SetupPhone | undefined> {
  const isLeft = useRef(false);
  useEffect(() => {
    const stop = () => phone.peek()?.stop();
    addEventListener('pagehide', stop);
    return () => {
      removeEventListener('pagehide', stop);
      isLeft.current = true;
      stop();
    };
  }, []);
  return async () => {
    if (phone.peek() === undefined) {
      const module = await import('./setup-phone.js').catch(() => undefined);
      if (module !== undefined && !isLeft.current) phone.value = new module.SetupPhone(handset);
    }
    return phone.peek();
  };
}
