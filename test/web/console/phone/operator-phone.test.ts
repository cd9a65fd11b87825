import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OperatorPhone, type SipPort } from '../../../../src/web/console/phone/operator-phone.js';
import type { PhoneEvent } from '../../../../src/web/console/phone/phone-state.js';
import { FakePhonePorts } from './fake-phone-ports.js';

/** The phone with ports that answer as a browser and Asterisk do. */

let ports: FakePhonePorts;
let phone: OperatorPhone;
const reach = () => phone.state.value.reach;

beforeEach(() => {
  vi.useFakeTimers();
  phone = new OperatorPhone((report) => (ports = new FakePhonePorts(report)));
});
afterEach(() => vi.useRealTimers());

async function becomesReady(): Promise<void> {
  phone.handle({ type: 'switched_on' });
  await vi.advanceTimersByTimeAsync(0);
  expect(reach()).toBe('ready');
}

test('loads the SIP client only when it is switched on, and once', async () => {
  expect(ports.loaded).toBe(0);
  await becomesReady();
  phone.handle({ type: 'switched_off' });
  expect(ports.sip.account).toBeUndefined();
  await becomesReady();
  expect(ports.loaded).toBe(1);
  expect(ports.remembered).toBe(true);
});

test('Asterisk reaches it no more: connects again, and is ready when it is reached', async () => {
  await becomesReady();
  await vi.advanceTimersByTimeAsync(70_000);
  ports.report({ type: 'sip_reached' });
  await vi.advanceTimersByTimeAsync(70_000);
  expect(reach()).toBe('ready');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(ports.sip.reconnects).toBe(1);
  expect(reach()).toBe('ready');
});

test('the gateway does not answer: tries again until it does', async () => {
  ports.account = { type: 'account_failed', isFinal: false };
  phone.handle({ type: 'switched_on' });
  await vi.advanceTimersByTimeAsync(0);
  expect(reach()).toBe('lost');
  ports.account = {
    type: 'account_received',
    account: { user: 'eva', authorizationUser: 'eva~1', password: 'x', iceServers: [] },
  };
  await vi.advanceTimersByTimeAsync(10_000);
  expect(reach()).toBe('ready');
});

test('switched off while the client is loaded, it does not register', async () => {
  let load: (sip: SipPort) => void = () => undefined;
  ports.loadSip = () => new Promise((resolve) => (load = resolve));
  phone.handle({ type: 'switched_on' });
  await vi.advanceTimersByTimeAsync(0);
  phone.handle({ type: 'switched_off' });
  load(ports.sip);
  await vi.advanceTimersByTimeAsync(0);
  expect(ports.sip.account).toBeUndefined();
});

test('passes what the visitor does to the SIP client', async () => {
  await becomesReady();
  const does = (...events: PhoneEvent[]) => events.forEach((event) => phone.handle(event));
  does({ type: 'call_arrived', id: 'a', number: '777', name: '' }, { type: 'answered', id: 'a' });
  expect(phone.state.value.calls).toMatchObject([{ id: 'a', stage: 'talking' }]);
  does(
    { type: 'held', id: 'a' },
    { type: 'resumed', id: 'a' },
    { type: 'muted', id: 'a' },
    { type: 'unmuted', id: 'a' },
  );
  does({ type: 'key_pressed', id: 'a', key: '5' }, { type: 'hung_up', id: 'a' });
  does({ type: 'call_arrived', id: 'b', number: '778', name: '' }, { type: 'hung_up', id: 'b' });
  does({ type: 'dialled', id: 'c', number: '779' }, { type: 'hung_up', id: 'c' });
  expect(ports.sip.commands).toEqual([
    'answer a',
    'hold a',
    'resume a',
    'mute a',
    'unmute a',
    'key a 5',
    'hang up a',
    'reject b 603',
    'dial c 779',
    'hang up c',
  ]);
});
