import { describe, expect, it } from 'vitest';
import { judgeNumber, toCallable } from '../../src/directory/dial-rules.js';
import { dialPolicySchema } from '../../src/directory/schema.js';
import { readNumber } from '../../src/calls/call-control.js';

const policy = (allow: string[] = []) => dialPolicySchema.parse({ countries: ['CZ', 'RU'], allow });

describe('a number to call', () => {
  it.each([
    ['777 888 999', '+420777888999'],
    ['00420777888999', '+420777888999'],
    ['+7 912 345-67-89', '+79123456789'],
  ])('is read: %s', (text, e164) => {
    expect(toCallable(text, policy(), 'CZ')).toBe(e164);
    expect(readNumber(text, { dial_policy: policy(), country: 'CZ' })).toEqual({ number: e164 });
  });

  it.each(['89123456789', '+420 0777 888 999', '+4207778889991', '+420100000000', 'boss', ''])(
    'is rejected: %j',
    (text) => {
      expect(toCallable(text, policy(), 'CZ')).toBeUndefined();
      expect(readNumber(text, { dial_policy: policy(), country: 'CZ' })).toMatchObject({ why: 'bad_number' });
    },
  );

  it('may be newer than the built-in numbering plans if the company lists it in full', () => {
    expect(toCallable('+420100000000', policy(['+4201']), 'CZ')).toBeUndefined();
    expect(toCallable('+420100000000', policy(['+420100000000']), 'CZ')).toBe('+420100000000');
  });

  it('may be a short code that the company allows', () => {
    expect(readNumber('112', { dial_policy: policy(['112']), country: 'CZ' })).toEqual({ number: '112' });
  });
});

describe('a rule that is added later', () => {
  it('applies at once, also in a list that was used before', () => {
    const settings = { ...policy(), deny: [] as string[], allow: [] as string[] };
    expect(judgeNumber('+420777888999', settings, 'CZ')).toMatchObject({ allowed: true });
    expect(judgeNumber('112', settings, 'CZ')).toMatchObject({ allowed: false });
    settings.deny.push('+420777');
    settings.allow.push('+4915');
    expect(judgeNumber('+420777888999', settings, 'CZ')).toMatchObject({ allowed: false });
    expect(judgeNumber('+4915112345678', settings, 'CZ')).toMatchObject({ allowed: true });
  });

  it('cannot be added to a frozen list, which is replaced as a whole', () => {
    const { allow, deny } = policy(['112']);
    expect([Object.isFrozen(allow), Object.isFrozen(deny)]).toEqual([true, true]);
  });
});
