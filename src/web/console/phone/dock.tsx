import { useEffect } from 'preact/hooks';
import '../styles/phone.css';
import { deferred } from '../ui/deferred.js';
import { Icon } from '../ui/icon.js';
import { Switch } from '../ui/switch.js';
import { announceRinging } from './alerts.js';
import { CallRows } from './call-rows.js';
import { DialForm } from './dial-form.js';
import { keepTalk } from './keep-talk.js';
import { LoginButtons } from './login-buttons.js';
import { sipName } from './names.js';
import { phone, phoneState, ringer, wasOn } from './own-phone.js';
import { Loudspeakers } from './loudspeakers.js';
import { ParkedCalls } from './parked-calls.js';
import { ReachStatus } from './reach-status.js';
import { PhoneSettings } from './settings.js';
import { texts } from './texts.js';
import { LastNumbers, LastNumbersButton } from './workday/last-numbers.js';
import { offerDial } from './workday/offer-dial.js';

const LastCall = deferred(async () => (await import('./beside/last-call.js')).LastCall, 0);

/** The operator's phone below every page of the console. It stays while pages change. */
export default function PhoneDock() {
  useEffect(() => {
    if (!wasOn) return;
    ringer.prepare();
    phone.handle({ type: 'switched_on' });
  }, []);
  useEffect(announceRinging, []);
  useEffect(keepTalk, []);
  useEffect(offerDial, []);
  const { reach, calls } = phoneState.value;
  if (reach === 'off')
    return (
      <section class="phone-dock off" aria-label={texts.phone} data-reach="off">
        <Switch name={texts.inThisBrowser} icon="calls" on={false} onChange={switchOn} />
      </section>
    );
  return (
    <section class="phone-dock" aria-label={texts.phone} data-reach={reach}>
      <CallRows />
      <EndedCall />
      <ParkedCalls />
      <LastCall />
      <LastNumbers />
      <div class="line">
        <ReachStatus />
        {reach === 'ready' && calls.length === 0 && <DialForm />}
        <LoginButtons />
        <span class="row-actions">
          <LastNumbersButton />
          <a href="/missed">{texts.missedCalls}</a>
          <PhoneSettings />
        </span>
      </div>
      <Loudspeakers />
    </section>
  );
}

function switchOn(): void {
  // Only after a press browsers play sounds, and ask for notifications.
  ringer.prepare();
  if (Notification.permission === 'default') void Notification.requestPermission();
  phone.handle({ type: 'switched_on' });
}

/** Says how the last call ended, when it was no talk. */
function EndedCall() {
  const { ended } = phoneState.value;
  if (ended === undefined || texts.endings[ended.why] === '') return null;
  return (
    <p class="line" role="status" data-ended={ended.why}>
      <Icon name={ended.why === 'missed' ? 'missed' : 'off'} />
      <span>
        {texts.endings[ended.why]} · {sipName(ended)}
      </span>
      <button
        type="button"
        class="icon-only"
        aria-label={texts.dismiss}
        title={texts.dismiss}
        onClick={() => phone.handle({ type: 'ended_dismissed' })}
      >
        <Icon name="close" />
      </button>
    </p>
  );
}
