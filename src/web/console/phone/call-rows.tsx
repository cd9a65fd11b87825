import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { formatDuration } from '../format.js';
import { Badge } from '../ui/badge.js';
import { now } from '../ui/clock.js';
import { deferred } from '../ui/deferred.js';
import { Icon } from '../ui/icon.js';
import { Consultation } from './consultation.js';
import { Keypad } from './keypad.js';
import { numberBeside, whoOf } from './names.js';
import { isCalling } from './machine-calls.js';
import { phone, phoneState } from './own-phone.js';
import { ownTalk, park } from './own-transfer.js';
import type { Call } from './phone-state.js';
import { SoundStatus } from './sound-status.js';
import { texts } from './texts.js';

const BesideCall = deferred(async () => (await import('./beside/beside-call.js')).BesideCall, 2);
const TransferDialog = deferred(async () => (await import('./transfer.js')).TransferDialog, 0);

/** The calls of the phone with their buttons. */
export function CallRows() {
  return (
    <>
      {phoneState.value.calls.map((call) => (
        <CallRow key={call.id} call={call} />
      ))}
    </>
  );
}

function CallRow({ call }: { call: Call }) {
  const isRinging = call.stage === 'ringing';
  return (
    <div class={isRinging ? 'line phone-call rings' : 'line phone-call'} data-call={call.held ? 'held' : call.stage}>
      <div class="who" role={isRinging ? 'alert' : undefined}>
        <p class="caller">
          <b>{whoOf(call)}</b> <span class="number">{numberBeside(call)}</span>
        </p>
        <Stage call={call} />
        <SoundStatus call={call.id} />
      </div>
      {isRinging ? <RingingButtons id={call.id} /> : <TalkButtons call={call} />}
      {!isRinging && phoneState.value.calls[0]?.id === call.id && <Consultation />}
      <BesideCall call={call} />
    </div>
  );
}

function Stage({ call: { stage, held, talksSince } }: { call: Call }) {
  const duration = useComputed(() => {
    // Read also before the talk: what reads no signal is not computed again.
    const at = now.value;
    return talksSince === undefined ? '' : formatDuration(at - talksSince);
  });
  return (
    <p role="status">
      <Badge tone={stage === 'ringing' ? 'ring' : held ? 'pause' : 'talk'} icon={held ? 'pause' : 'talk'}>
        {held ? texts.onHold : texts.stages[stage]} <time class="since">{duration}</time>
      </Badge>
    </p>
  );
}

const ANSWER_KEY = 'a';
const DECLINE_KEY = 'd';

function RingingButtons({ id }: { id: string }) {
  const answer = () => phone.handle({ type: 'answered', id });
  const decline = () => phone.handle({ type: 'hung_up', id });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (event.key === ANSWER_KEY) answer();
      if (event.key === DECLINE_KEY) decline();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [id]);
  return (
    <span class="actions">
      <button type="button" class="primary with-icon" aria-keyshortcuts={ANSWER_KEY} onClick={answer}>
        <Icon name="calls" /> {texts.answer} <kbd aria-hidden="true">{ANSWER_KEY}</kbd>
      </button>
      <button type="button" class="with-icon" aria-keyshortcuts={DECLINE_KEY} onClick={decline}>
        <Icon name="off" /> {texts.decline} <kbd aria-hidden="true">{DECLINE_KEY}</kbd>
      </button>
    </span>
  );
}

function TalkButtons({ call: { id, stage, held, muted } }: { call: Call }) {
  const hasKeypad = useSignal(false);
  const isTransferring = useSignal(false);
  const isOnly = phoneState.value.calls.length === 1;
  const isTalk = stage === 'talking';
  return (
    <>
      <span class="actions">
        {isTalk && (
          <>
            <button
              type="button"
              disabled={held && isCalling(phoneState.value)}
              onClick={() => phone.handle({ type: held ? 'resumed' : 'held', id })}
            >
              {held ? texts.resume : texts.hold}
            </button>
            <button
              type="button"
              aria-pressed={muted}
              onClick={() => phone.handle({ type: muted ? 'unmuted' : 'muted', id })}
            >
              {texts.mute}
            </button>
            <button type="button" aria-expanded={hasKeypad.value} onClick={() => (hasKeypad.value = !hasKeypad.value)}>
              {texts.keypad}
            </button>
            {isOnly && ownTalk.value !== undefined && ownTalk.value.transfer === undefined && (
              <>
                <button type="button" data-action="transfer" onClick={() => (isTransferring.value = true)}>
                  {texts.transfer}
                </button>
                <button type="button" onClick={() => void park()}>
                  {texts.park}
                </button>
              </>
            )}
          </>
        )}
        <button type="button" class="with-icon danger" onClick={() => phone.handle({ type: 'hung_up', id })}>
          <Icon name="off" /> {texts.hangUp}
        </button>
      </span>
      {isTalk && hasKeypad.value && <Keypad call={id} />}
      {isTransferring.value && <TransferDialog call={id} onClose={() => (isTransferring.value = false)} />}
    </>
  );
}

/** Keys that are typed into a field, or in a dialog, are no shortcuts. */
function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest('input, select, textarea, dialog, [contenteditable]') !== null;
}
