import { useSignal, type ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useLevel } from '../audio/use-level.js';
import { TelLinks } from '../dialling/tel-links.js';
import { Dialog } from '../ui/dialog.js';
import { chooseDevice, chosenDevices, listDevices, type DeviceUse } from './devices.js';
import { dialNumber } from './dial-form.js';
import { microphone, phone, phoneState, ringer } from './own-phone.js';
import { texts } from './texts.js';

/** An extension of Asterisk that only handsets reach (asterisk-config/extensions.conf). */
const ECHO_TEST = 'echo-test';
const TRIED_RINGING_MS = 3_000;

const KINDS: Record<DeviceUse, MediaDeviceKind> = {
  microphone: 'audioinput',
  voice: 'audiooutput',
  ringing: 'audiooutput',
};

/** The button of the settings, with their dialog. */
export function PhoneSettings() {
  const isOpen = useSignal(false);
  const close = () => (isOpen.value = false);
  return (
    <>
      <button type="button" onClick={() => (isOpen.value = true)}>
        {texts.settings}
      </button>
      {isOpen.value && (
        <Dialog title={texts.settings} onClose={close}>
          <Settings onClose={close} />
        </Dialog>
      )}
    </>
  );
}

function Settings({ onClose }: { onClose: () => void }) {
  const devices = useSignal<MediaDeviceInfo[]>([]);
  useEffect(() => {
    const read = () => void listDevices().then((found) => (devices.value = found));
    read();
    navigator.mediaDevices.addEventListener('devicechange', read);
    return () => navigator.mediaDevices.removeEventListener('devicechange', read);
  }, []);
  const canEcho = phoneState.value.reach === 'ready' && phoneState.value.calls.length === 0;
  return (
    <div class="phone-settings">
      {(['microphone', 'voice', 'ringing'] as const).map((use) => (
        <DeviceChoice key={use} use={use} devices={devices.value.filter(({ kind }) => kind === KINDS[use])} />
      ))}
      <LevelMeter stream={microphone.stream} />
      <TelLinks />
      <div class="actions">
        <button type="button" onClick={tryRinging}>
          {texts.tryRinging}
        </button>
        <button
          type="button"
          disabled={!canEcho}
          onClick={() => {
            onClose();
            dialNumber(ECHO_TEST);
          }}
        >
          {texts.echoTest}
        </button>
        <button
          type="button"
          onClick={() => {
            onClose();
            phone.handle({ type: 'switched_off' });
          }}
        >
          {texts.switchOff}
        </button>
      </div>
    </div>
  );
}

function DeviceChoice({ use, devices }: { use: DeviceUse; devices: MediaDeviceInfo[] }) {
  const chosen = chosenDevices[use].value;
  return (
    <label>
      {texts.devices[use]}
      <select value={chosen} onChange={({ currentTarget: { value } }) => chooseDevice(use, value)}>
        <option value="">{texts.systemDevice}</option>
        {devices
          .filter(({ deviceId }) => deviceId !== '' && deviceId !== 'default')
          .map(({ deviceId, label }) => (
            <option key={deviceId} value={deviceId}>
              {label}
            </option>
          ))}
      </select>
    </label>
  );
}

function tryRinging(): void {
  ringer.prepare();
  ringer.ring();
  setTimeout(() => {
    if (phoneState.peek().calls.every(({ stage }) => stage !== 'ringing')) ringer.stop();
  }, TRIED_RINGING_MS);
}

function LevelMeter({ stream }: { stream: ReadonlySignal<MediaStream | undefined> }) {
  const meter = useRef<HTMLMeterElement>(null);
  useLevel(stream, (level) => {
    if (meter.current !== null) meter.current.value = level;
  });
  return (
    <label>
      {texts.level}
      <meter ref={meter} min={0} max={1} value={0} />
    </label>
  );
}
