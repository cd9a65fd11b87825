import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BrowserPhone } from '../../../../src/web/console/phone/phone.js';

const agent = vi.hoisted(() => ({
  calls: [] as string[],
  on: {} as Record<string, (event: unknown) => void>,
}));
vi.mock('jssip', () => ({
  default: {
    C: {},
    WebSocketInterface: Object,
    UA: class {
      on = (name: string, listener: (event: unknown) => void) => void (agent.on[name] = listener);
      start = () => undefined;
      stop = () => agent.calls.push('stop');
      call = (number: string) => agent.calls.push(`call ${number}`);
    },
  },
}));

/** Permits the microphone, when it is called. */
let permit: () => void;
let openTracks: number;

beforeEach(() => {
  agent.calls.length = 0;
  openTracks = 0;
  const stream = { getTracks: () => [{ stop: () => (openTracks -= 1) }] };
  const getUserMedia = () =>
    new Promise((resolve) => {
      permit = () => {
        openTracks += 1;
        resolve(stream);
      };
    });
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
  vi.stubGlobal('location', new URL('http://127.0.0.1/setup'));
  vi.stubGlobal('RTCPeerConnection', Map);
});
afterEach(() => vi.unstubAllGlobals());

test('a telephone that is stopped while the browser asks for the microphone does not call, and closes it', async () => {
  const phone = new BrowserPhone({ user: 'test', password: 'x', iceServers: [] });
  const dialling = phone.dial('+420222333444');
  phone.stop();
  permit();
  await dialling;
  expect(agent.calls).toEqual(['stop']);
  expect(openTracks).toBe(0);
});

test('a caller who hangs up while the browser asks for the microphone leaves it closed', async () => {
  const phone = new BrowserPhone({ user: 'test', password: 'x', iceServers: [] });
  const listeners: Record<string, () => void> = {};
  const answered = vi.fn();
  const session = {
    direction: 'incoming',
    connection: null,
    remote_identity: { display_name: '', uri: { user: '601' } },
    on: (name: string, listener: () => void) => void (listeners[name] = listener),
    answer: answered,
  };
  agent.on['newRTCSession']?.({ session });
  const answering = phone.answer();
  listeners['failed']?.();
  permit();
  await answering;
  expect(answered).not.toHaveBeenCalled();
  expect(openTracks).toBe(0);
});
