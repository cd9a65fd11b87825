import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  Baresip,
  busy,
  callerOf,
  Phone,
  pickUp,
  prompt,
  ringback,
  sippCalls,
  soundsOf,
  unavailable,
  type PhoneOptions,
} from '../../support/sip/caller.js';
import { toneSamples } from '../../support/tones.js';
import { OwnTempFolder, PASSWORD, PROMPT_MS, startSelftestHarness, type SelftestHarness } from './selftest-harness.js';

let harness: SelftestHarness;
beforeAll(async () => {
  harness = await startSelftestHarness();
});
afterAll(async () => {
  await harness.stop();
});

const DIGITS = '1122334507';
/** The dialplan's Answer() waits this long for a caller's first audio, and SIPp sends none. */
const DEAF_MS = 500;

describe('the test phone', () => {
  const phones: Phone[] = [];
  afterEach(async () => {
    await Promise.all(phones.splice(0).map((phone) => phone.stop()));
  });

  async function phone(options: Partial<PhoneOptions> = {}): Promise<Phone> {
    const made = await new Phone({ server: harness.server, user: '777888999', ...options }).start();
    phones.push(made);
    return made;
  }
  const handset = (options: Partial<PhoneOptions> = {}) => phone({ user: 'tester', password: PASSWORD, ...options });

  it('reacts to sounds, and presses each digit once by INFO', async () => {
    const call = await (await phone()).dial('1001');
    await call.hears(prompt(20));
    await call.press(DIGITS);
    const { fromMs, toMs } = await call.hears(prompt(7), { toItsEnd: true });
    expect(Math.abs(toMs - fromMs - PROMPT_MS)).toBeLessThan(60);
    expect(await call.ended()).toMatchObject({ by: 'peer', how: 'hung_up', q850: 16 });
    expect(harness.digitsRead('1001')).toEqual([{ from: '777888999', digits: DIGITS }]);
    expect(soundsOf(call.heard())).toEqual(['prompt 20 cs', 'prompt 7 cs']);
  });

  it('presses each digit once by RFC 4733, from an account that authenticates', async () => {
    const tester = await handset({ digitsBy: 'rfc4733' });
    await tester.register();
    const call = await tester.dial('1002');
    await call.hears(prompt(20));
    await call.press('0031#');
    await call.hears(prompt(31));
    expect(await call.hangUp()).toMatchObject({ by: 'phone', how: 'hung_up' });
    expect(harness.digitsRead('1002').map(({ digits }) => digits)).toEqual(['0031']);
    await tester.register(0);
  });

  it('names the sound that came instead of the expected one', async () => {
    const call = await (await phone()).dial('2000');
    await expect(call.hears(prompt(21))).rejects.toThrow('Expected prompt 21 cs, heard prompt 20 cs');
    await expect(call.hears(prompt(21), { skipping: true, withinMs: 300 })).rejects.toThrow(
      'Did not hear prompt 21 cs',
    );
    await call.hangUp();
    await expect(call.hears(prompt(21), { skipping: true })).rejects.toThrow('The call ended before prompt 21 cs');
  });

  it('distinguishes a hang-up, a cancel and a refusal', async () => {
    const caller = await phone();
    const tester = await handset();
    await tester.register();
    const cancelled = await caller.dial('3000');
    await cancelled.rings();
    expect(await cancelled.hangUp()).toMatchObject({ by: 'phone', how: 'cancelled', status: 487 });
    expect(await tester.invites[0]!.ended()).toMatchObject({ by: 'peer', how: 'cancelled' });
    expect(await (await caller.dial('4860')).ended()).toMatchObject({ by: 'peer', how: 'rejected', status: 486 });
    tester.onIncoming(busy);
    expect(await (await caller.dial('3000')).ended()).toMatchObject({ how: 'rejected', status: 486 });
    tester.onIncoming(unavailable);
    expect(await (await caller.dial('3000')).ended()).toMatchObject({ by: 'peer', how: 'rejected' });
    expect(tester.invites).toHaveLength(3);
  });

  it('hears ringback, then the callee, and is heard', async () => {
    const caller = await phone();
    const tester = await handset({ incoming: { do: 'answer', afterMs: 600 } });
    await tester.register();
    const call = await caller.dial('3001');
    await call.hears(ringback);
    const answered = await tester.nextCall();
    await answered.answered();
    expect(callerOf(answered)).toBe('777888999');
    call.say(toneSamples(40, 'ru', 2000));
    answered.say(toneSamples(41, 'en', 2000));
    await answered.hears(prompt(40, 'ru'));
    await call.hears(prompt(41, 'en'));
    await answered.hangUp();
    expect(await call.ended()).toMatchObject({ by: 'peer', how: 'hung_up' });
  });

  it('runs fifty calls at once in one process', async () => {
    const caller = await phone({ sendsAudio: false });
    const before = harness.digitsRead('1003').length;
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const call = await caller.dial('1003', { from: `7770${String(index).padStart(2, '0')}` });
        await call.hears(prompt(20), { withinMs: 15_000 });
        await call.press(`00${String(index + 30)}#`);
        await call.hears(prompt(index + 30), { withinMs: 15_000 });
        return call.ended({ withinMs: 15_000 });
      }),
    );
    expect(outcomes.every(({ by }) => by === 'peer')).toBe(true);
    const expected = Array.from({ length: 50 }, (_, index) => `00${String(index + 30)}`);
    expect(
      harness
        .digitsRead('1003')
        .slice(before)
        .map(({ digits }) => digits)
        .sort(),
    ).toEqual(expected);
  });

  it('leaves no port open', async () => {
    const caller = await phone({ incoming: pickUp });
    const call = await caller.dial('2000');
    await call.hears(prompt(20));
    const ports = [caller.address.port, call.ear.address.port];
    await caller.stop();
    for (const port of ports) {
      const socket = createSocket('udp4').bind(port, '127.0.0.1');
      await once(socket, 'listening');
      socket.close();
    }
  });
});

describe('SIPp callers', () => {
  const temp = new OwnTempFolder();
  afterEach(async () => {
    await temp.end();
  });

  it('each hear their own prompt, fifty at once, and every digit arrives once', async () => {
    await temp.begin();
    const twoDigits = (caller: number) => String(caller + 30);
    const result = await sippCalls({
      server: harness.server,
      target: '1004',
      from: (caller) => `6660${twoDigits(caller)}`,
      count: 50,
      rate: 50,
      script: [
        { wait: DEAF_MS + 500 },
        { press: (caller) => `00${twoDigits(caller)}#`, gapMs: 150 },
        { expectBye: { timeoutMs: 15_000 } },
      ],
    });
    expect(await temp.end()).toEqual({ files: [], processes: [] });
    expect({ successful: result.successful, failed: result.failed }).toEqual({ successful: 50, failed: 0 });
    for (const call of result.calls) {
      expect(call).toMatchObject({ answered: true, endedBy: 'peer', status: 200 });
      expect(soundsOf(call.heard)).toEqual(['prompt 20 cs', `prompt ${twoDigits(call.caller)} cs`]);
    }
    const read = harness.digitsRead('1004').sort((a, b) => a.from.localeCompare(b.from));
    expect(read).toEqual(result.calls.map(({ caller, from }) => ({ from, digits: `00${twoDigits(caller)}` })));
  });

  it('report which side hung up, and the reason of a refusal', async () => {
    const result = await sippCalls({
      server: harness.server,
      target: (caller) => ['2000', '4860'][caller]!,
      from: '777',
      count: 2,
      script: [{ wait: DEAF_MS + 500 }, { hangUp: true }],
    });
    expect(result.calls).toMatchObject([
      { answered: true, endedBy: 'caller', status: 200 },
      { answered: false, endedBy: 'refused', status: 486 },
    ]);
    expect(soundsOf(result.calls[0]!.heard)).toEqual(['prompt 20 cs']);
  });

  it('end in time although the script does not', async () => {
    const startedAt = Date.now();
    const script = [{ wait: 30_000 }];
    const result = await sippCalls({ server: harness.server, target: '2000', from: '777', script, timeoutMs: 2000 });
    expect(Date.now() - startedAt).toBeLessThan(5000);
    expect(result).toMatchObject({ successful: 0, failed: 1, calls: [{ answered: true, endedBy: 'failed' }] });
  });

  it('are refused when they would not press the same number of keys', async () => {
    const script = [{ press: (caller: number) => '1'.repeat(caller + 1) }];
    await expect(sippCalls({ server: harness.server, target: '1', from: '1', count: 2, script })).rejects.toThrow(
      RangeError,
    );
  });
});

describe('baresip', () => {
  const temp = new OwnTempFolder();
  let baresip: Baresip | undefined;
  afterEach(async () => {
    await baresip?.stop();
    baresip = undefined;
    await temp.end();
  });

  async function start(password = PASSWORD, voice = toneSamples(50, 'en', 20_000)): Promise<Baresip> {
    baresip = await new Baresip({ server: harness.server, user: 'tester', password, voice }).start();
    return baresip;
  }

  it('registers, hears, presses each digit once, and leaves nothing behind', async () => {
    await temp.begin();
    const softphone = await start();
    await softphone.register();
    await softphone.dial('1005');
    await softphone.hears(prompt(20));
    await softphone.press(DIGITS);
    await softphone.hears(prompt(7));
    expect(await softphone.ended()).toMatchObject({ by: 'peer' });
    expect(harness.digitsRead('1005')).toEqual([{ from: 'tester', digits: DIGITS }]);
    expect(soundsOf(await softphone.heard())).toEqual(['prompt 20 cs', 'prompt 7 cs']);
    await softphone.stop();
    expect(await temp.end()).toEqual({ files: [], processes: [] });
    expect(await harness.asterisk.cli('pjsip show contacts')).not.toContain('tester');
  });

  it('answers, is heard, hangs up; refuses the next call', async () => {
    const softphone = await start();
    await softphone.register();
    const caller = await new Phone({ server: harness.server, user: '777888999' }).start();
    try {
      const call = await caller.dial('3000');
      await softphone.event('CALL_INCOMING');
      await softphone.accept();
      await call.hears(prompt(50, 'en'));
      await softphone.hangUp();
      expect(await softphone.ended()).toMatchObject({ by: 'phone' });
      expect(await call.ended()).toMatchObject({ by: 'peer', how: 'hung_up' });
      const refused = await caller.dial('3000');
      await refused.rings();
      await softphone.hangUp();
      expect(await refused.ended()).toMatchObject({ how: 'rejected', status: 486 });
    } finally {
      await caller.stop();
    }
  });

  it('is not registered with a wrong password', async () => {
    const softphone = await start('wrong');
    await expect(softphone.register()).rejects.toThrow('401');
  });

  it('calls through the trunk without registration', async () => {
    baresip = await new Baresip({ server: harness.server, user: '608123456' }).start();
    await baresip.useWithoutRegistration();
    await baresip.dial('1006');
    await baresip.hears(prompt(20));
    await baresip.press('0035#');
    await baresip.hears(prompt(35));
    await baresip.hangUp();
    expect(harness.digitsRead('1006')).toEqual([{ from: '608123456', digits: '0035' }]);
  });
});
