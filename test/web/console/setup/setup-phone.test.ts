import { afterEach, beforeEach, expect, test, vi } from 'vitest';

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
      start = () => {
        agent.calls.push('start');
        agent.on['registered']?.({});
      };
      stop = () => agent.calls.push('stop');
      call = (number: string, { mediaStream }: { mediaStream: unknown }) => {
        agent.calls.push(`call ${number} with ${String(mediaStream)}`);
        return { on: () => undefined };
      };
    },
  },
}));

/** Answers the browser's question about the microphone. */
let permit: () => void;
let deny: () => void;
let openTracks: number;

beforeEach(() => {
  agent.calls.length = 0;
  openTracks = 0;
  const track = { stop: () => (openTracks -= 1), clone: () => track, addEventListener: () => undefined };
  const stream = { getTracks: () => [track], getAudioTracks: () => [track] };
  const getUserMedia = () =>
    new Promise((resolve, reject) => {
      permit = () => {
        openTracks += 1;
        resolve(stream);
      };
      deny = () => reject(new Error('not permitted'));
    });
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia, addEventListener: () => undefined } });
  vi.stubGlobal('location', new URL('http://127.0.0.1/setup'));
  const addEventListener = () => undefined;
  vi.stubGlobal('document', { documentElement: { lang: 'en' }, getElementById: () => null, addEventListener });
  vi.stubGlobal('localStorage', { getItem: () => null });
  vi.stubGlobal('addEventListener', addEventListener);
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ user: 'test', password: 'x', ice_servers: [] })));
  vi.stubGlobal(
    'MediaStream',
    class {
      toString = () => 'the microphone';
    },
  );
  vi.stubGlobal(
    'AudioContext',
    class {
      createMediaStreamDestination = () => ({ stream: 'silence' });
      close = () => Promise.resolve();
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

async function createPhone() {
  const { SetupPhone } = await import('../../../../src/web/console/setup/setup-phone.js');
  return new SetupPhone('test');
}

test('a telephone that is stopped while the browser asks for the microphone does not register, and closes it', async () => {
  const phone = await createPhone();
  const starting = phone.start();
  phone.stop();
  permit();
  expect(await starting).toBe('failed');
  expect(agent.calls).toEqual([]);
  await vi.waitFor(() => expect(openTracks).toBe(0));
});

test('calls with the microphone', async () => {
  const phone = await createPhone();
  const starting = phone.start();
  permit();
  expect(await starting).toBeUndefined();
  phone.dial('+420222333444');
  expect(agent.calls).toEqual(['start', 'call +420222333444 with the microphone']);
  expect(phone.hasMicrophone.value).toBe(true);
  phone.stop();
});

test('without a microphone it calls all the same, sends silence and says so', async () => {
  const phone = await createPhone();
  const starting = phone.start();
  deny();
  expect(await starting).toBeUndefined();
  phone.dial('+420222333444');
  expect(agent.calls).toEqual(['start', 'call +420222333444 with silence']);
  expect(phone.hasMicrophone.value).toBe(false);
  phone.stop();
});

test('a telephone that Asterisk refuses says so, and starts again at the next press', async () => {
  const phone = await createPhone();
  const starting = phone.start();
  await vi.waitFor(() => expect(permit).toBeTypeOf('function'));
  permit();
  expect(await starting).toBeUndefined();
  agent.on['registrationFailed']?.({ response: {} });
  expect(phone.reach.value).toBe('refused');
  phone.stop();
  const again = phone.start();
  permit();
  expect(await again).toBeUndefined();
  phone.stop();
});
