import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, it, vi } from 'vitest';
import { findLine, readCaller } from '../../src/directory/caller.js';
import { countryOf, formatNumber, isPremiumRate, formatNational, toE164 } from '../../src/directory/numbers.js';

vi.mock(import('libphonenumber-js/max'), async (original) => {
  const actual = await original();
  return { ...actual, parsePhoneNumberFromString: vi.fn(actual.parsePhoneNumberFromString) };
});

it('a number is parsed once, in each country, whatever it is', () => {
  const parsed = vi.mocked(parsePhoneNumberFromString);
  const read = () => [toE164('603 111 222', 'CZ'), toE164('603 111 222', 'SK'), toE164('not a number 603', 'CZ')];
  const first = read();
  expect(first[0]).toBe('+420603111222');
  parsed.mockClear();
  for (let calls = 0; calls < 20; calls += 1) expect(read()).toEqual(first);
  expect(parsed).not.toHaveBeenCalled();
  for (let other = 0; other < 6_000; other += 1) toE164(`60${other}`, 'CZ');
  expect(read()).toEqual(first);
});

describe('toE164', () => {
  it.each([
    ['+420222333444', 'CZ', '+420222333444'],
    ['00420222333444', 'CZ', '+420222333444'],
    ['420222333444', 'CZ', '+420222333444'],
    ['222333444', 'CZ', '+420222333444'],
    ['222 333 444', 'CZ', '+420222333444'],
    ['(+420) 222-333.444', 'CZ', '+420222333444'],
    ['sip:+420222333444@trunk.example;user=phone', 'CZ', '+420222333444'],
    ['00421905123456', 'CZ', '+421905123456'],
    ['421905123456', 'CZ', '+421905123456'],
    ['0905123456', 'SK', '+421905123456'],
    ['89161234567', 'RU', '+79161234567'],
    ['79161234567', 'RU', '+79161234567'],
    ['+80012345678', 'CZ', '+80012345678'],
  ])('reads %s in %s', (text, country, expected) => expect(toE164(text, country)).toBe(expected));

  it.each([
    ['112', 'CZ'],
    ['14112', 'CZ'],
    ['116111', 'CZ'],
    ['112', 'DE'],
    ['911', 'US'],
    ['+420112', 'CZ'],
    ['+112', 'CZ'],
    ['', 'CZ'],
    ['anonymous', 'CZ'],
    ['tester', 'CZ'],
    ['1800FLOWERS', 'US'],
    ['٢٢٢٣٣٣٤٤٤', 'CZ'],
    ['222333444&PJSIP/x', 'CZ'],
    ['+4202223334441234567890', 'CZ'],
    ['+', 'CZ'],
    ['222333444', 'XX'],
  ])('rejects %j in %s', (text, country) => expect(toE164(text, country)).toBeUndefined());
});

describe('contract formats', () => {
  it.each([
    ['+420777888999', 'national', '777888999'],
    ['+421905123456', 'national', '00421905123456'],
    ['+420777888999', '00', '00420777888999'],
    ['+420777888999', 'e164', '+420777888999'],
    ['112', 'national', '112'],
    ['', 'national', ''],
  ] as const)('writes %s as %s: %s', (number, format, expected) =>
    expect(formatNumber(number, format, 'CZ')).toBe(expected),
  );

  it('keeps numbers of a neighbour that shares the calling code national', () =>
    expect(formatNational('+77011234567', 'RU')).toBe('7011234567'));
});

it('knows country and premium rate', () => {
  expect(countryOf('+421905123456')).toBe('SK');
  expect(countryOf('+80012345678')).toBeUndefined();
  expect(isPremiumRate('+420900123456')).toBe(true);
  expect(isPremiumRate('+420840123456')).toBe(false);
  expect(isPremiumRate('+420222333444')).toBe(false);
});

describe('readCaller', () => {
  it.each(['', '  ', 'anonymous', 'Anonymous', 'Unavailable', 'unknown', '0', '0000000000', '\u0000<>'])(
    'reads %j as withheld',
    (text) => expect(readCaller(text, 'CZ')).toEqual({ type: 'anonymous' }),
  );

  it('distinguishes numbers from names', () => {
    expect(readCaller('00420777888999', 'CZ')).toEqual({ type: 'number', e164: '+420777888999' });
    expect(readCaller('tester', 'CZ')).toEqual({ type: 'other', text: 'tester' });
    expect(readCaller('112', 'CZ')).toEqual({ type: 'other', text: '112' });
    expect(readCaller('x\r\nAction: Originate', 'CZ')).toEqual({ type: 'other', text: 'xActionOriginate' });
  });
});

describe('findLine', () => {
  const lines = [{ number: '+420222333444' }, { number: '+421222333444' }];

  it.each(['+420222333444', '00420222333444', '420222333444', '222333444'])('finds the line by %s', (dialled) =>
    expect(findLine(lines, dialled, 'CZ')).toBe(lines[0]),
  );

  it('does not match the same national digits of another country', () =>
    expect(findLine(lines, '00421222333444', 'CZ')).toBe(lines[1]));

  it.each(['', 's', '112', '222333445'])('finds no line by %j', (dialled) =>
    expect(findLine(lines, dialled, 'CZ')).toBeUndefined(),
  );
});
