import { describe, expect, it } from 'vitest';
import { telfaHandOver as contract } from '../../src/integrations/telfa/hand-over.js';
import type { HandOverCall } from '../../src/call-plan/hand-over-contract.js';

const call: HandOverCall = {
  callId: 'c_1.1',
  step: 1,
  callerNumber: '+420777888999',
  calledNumber: '+420222333444',
  country: 'CZ',
  digits: null,
  hangup: false,
  bridgeResult: null,
  fresh: null,
  echo: {},
};

function sent(changes: Partial<HandOverCall> = {}, profile: Record<string, unknown> = {}): Record<string, unknown> {
  return JSON.parse(contract.request({ ...call, ...changes }, contract.profile(profile)).body) as Record<
    string,
    unknown
  >;
}

function read(answer: unknown, profile: Record<string, unknown> = {}, status = 200) {
  return contract.read(status, typeof answer === 'string' ? answer : JSON.stringify(answer), contract.profile(profile));
}

describe('the request to the shop', () => {
  it('is JSON with bare national digits, and leaves out what is not known yet', () => {
    expect(contract.request(call, contract.profile({})).contentType).toBe('application/json');
    expect(sent()).toEqual({ caller_number: '777888999', called_number: '222333444', call_id: 'c_1.1', step: 1 });
  });

  it.each([
    ['national', '+421903123456', '00421903123456'],
    ['00', '+420777888999', '00420777888999'],
    ['e164', '+420777888999', '+420777888999'],
  ])('writes numbers as the profile says (%s)', (numbers, callerNumber, expected) => {
    expect(sent({ callerNumber }, { numbers })['caller_number']).toBe(expected);
  });

  it('keeps digits as text, leading zeros and all', () => {
    expect(sent({ digits: '0042', fresh: 'digits' })['received_digits']).toBe('0042');
    expect(sent({ digits: '', fresh: 'digits' })['received_digits']).toBe('');
  });

  it('reports a hang-up only when there was one', () => {
    expect(sent()).not.toHaveProperty('hangup');
    expect(sent({ hangup: true })['hangup']).toBe(true);
  });

  it('reports a transfer only when it has ended', () => {
    expect(sent()).not.toHaveProperty('bridge_result');
    expect(sent()).not.toHaveProperty('call_result');
    expect(sent({ bridgeResult: 'USER_BUSY', fresh: 'bridge_result' })).toMatchObject({
      bridge_result: 'USER_BUSY',
      call_result: 'USER_BUSY',
    });
  });

  it('omits digits and results of earlier requests, unless the profile says `sticky`', () => {
    const earlier = { digits: '12', bridgeResult: 'NO_ANSWER' };
    expect(sent(earlier)).toEqual(sent());
    expect(sent({ ...earlier, fresh: 'digits' })).toEqual({ ...sent(), received_digits: '12' });
    expect(sent(earlier, { results: 'sticky' })).toMatchObject({ received_digits: '12', bridge_result: 'NO_ANSWER' });
  });

  it('reports in the last request the last digits, and of a transfer only that there was a talk', () => {
    const last = { digits: '12', hangup: true };
    expect(sent({ ...last, bridgeResult: 'NO_ANSWER' })).toEqual({ ...sent(), received_digits: '12', hangup: true });
    expect(sent({ ...last, bridgeResult: 'SUCCESS' })).toMatchObject({ hangup: true, bridge_result: 'SUCCESS' });
  });

  it("echoes the shop's own keys and never lets them override ours", () => {
    expect(sent({ echo: { pokracovani: '9', caller_number: '1', action: 'menu' } })).toEqual({
      ...sent(),
      pokracovani: '9',
    });
  });

  it('echoes 20 keys and 2 KB at most', () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`k${n}`, n]));
    expect(Object.keys(sent({ echo: many })).filter((name) => name.startsWith('k'))).toHaveLength(20);
    expect(sent({ echo: { small: 'x', big: 'y'.repeat(3000) } })).toMatchObject({ small: 'x' });
    expect(sent({ echo: { small: 'x', big: 'y'.repeat(3000) } })).not.toHaveProperty('big');
  });

  it('is a form, has other names, or lacks ours, when the profile says so', () => {
    const form = contract.request(
      { ...call, digits: '12', fresh: 'digits' },
      contract.profile({ encoding: 'form', rename: { received_digits: 'digits' }, identifiers: false }),
    );
    expect(form).toEqual({
      contentType: 'application/x-www-form-urlencoded',
      body: 'caller_number=777888999&called_number=222333444&digits=12',
    });
  });

  it('refuses changes to the profile that make no sense', () => {
    expect(() => contract.profile({ numbers: 'roman' })).toThrow();
    expect(() => contract.profile({ unheard_of: 1 })).toThrow();
  });
});

describe("the shop's answer", () => {
  it.each([
    ['strings', { action: 'menu', recording_id: '20', menu_timeout: '7', max: '4' }],
    ['numbers', { action: 'menu', recording_id: 20, menu_timeout: 7, max: 4 }],
  ])('is read with values as %s', (_what, answer) => {
    expect(read(answer)).toMatchObject({ type: 'menu', prompt: 20, timeoutMs: 7000, max: 4 });
  });

  it('has defaults of 5 s and 20 digits', () => {
    expect(read({ action: 'menu', recording_id: '20' })).toMatchObject({ timeoutMs: 5000, max: 20 });
  });

  it('is read with a BOM before it', () => {
    expect(read('\uFEFF{"action":"answer"}')).toMatchObject({ type: 'answer' });
  });

  it.each(['', '  ', 'null', '{}', '[]', '{"action":null}', '{"action":""}', '{"action":"return"}'])(
    '%j goes back to the plan',
    (body) => {
      expect(read(body)).toMatchObject({ type: 'return' });
    },
  );

  it('an unknown action returns to the plan, and is logged', () => {
    expect(read({ action: 'dance' })).toMatchObject({ type: 'unknown', action: 'dance' });
  });

  it.each([
    '<html>',
    '{"action":',
    '"menu"',
    '[1]',
    '{"action":"menu"}',
    '{"action":"play","recording_id":"abc"}',
    '{"action":"transfer_to_group"}',
  ])('%s is no answer', (body) => {
    expect(read(body)).toMatchObject({ type: 'bad' });
  });

  it.each([500, 404, 302, 199])('with status %d is no answer', (status) => {
    expect(read({ action: 'answer' }, {}, status)).toMatchObject({ type: 'bad' });
  });

  it('transfers to a group', () => {
    expect(
      read({
        action: 'transfer_to_group',
        call_group_id: '12',
        group_transfer_recording_id: '8',
        skip_caller_id_transfer: '1',
      }),
    ).toMatchObject({
      type: 'transfer',
      queue: '12',
      prompt: 8,
      showCaller: false,
      priority: 0,
    });
  });

  it.each([
    ['5', 5],
    [100, 100],
    ['1000', 100],
    ['-1', 0],
    ['soon', 0],
  ])('reads the priority %j of a transfer as %d, under the name in the profile', (written, priority) => {
    const transfer = { action: 'transfer_to_group', call_group_id: '12' };
    expect(read({ ...transfer, group_priority: written })).toMatchObject({ priority });
    expect(read({ ...transfer, vip: written }, { rename: { group_priority: 'vip' } })).toMatchObject({ priority });
  });

  it('means what the profile says by play and hangup', () => {
    expect(read({ action: 'play', recording_id: '31' })).toMatchObject({ type: 'play', then: 'callback' });
    expect(read({ action: 'play', recording_id: '31' }, { after_play: 'return' })).toMatchObject({ then: 'return' });
    expect(read({ action: 'hangup' })).toMatchObject({ type: 'hang_up' });
    expect(read({ action: 'hangup' }, { hangup_means: 'return' })).toMatchObject({ type: 'return' });
  });

  it("gives the shop's own scalar keys to be echoed, of this answer or of all", () => {
    const answer = { action: 'menu', recording_id: '20', pokracovani: '9', list: [1], nested: {} };
    expect(read(answer)).toMatchObject({ echo: { pokracovani: '9' }, keep: false });
    expect(read(answer, { echo: 'sticky' })).toMatchObject({ keep: true });
    expect(Object.keys(read(answer).echo)).toEqual(['pokracovani']);
  });

  it('cannot make a caller wait endlessly', () => {
    expect(read({ action: 'menu', recording_id: '20', menu_timeout: '99999', max: '99999' })).toMatchObject({
      timeoutMs: 60_000,
      max: 64,
    });
  });
});
