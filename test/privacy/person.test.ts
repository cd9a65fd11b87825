import { describe, expect, test } from 'vitest';
import { Person } from '../../src/privacy/person.js';

const read = (text: string, country = 'CZ') => Person.parse(text, country)!;

describe('a number is found in any notation', () => {
  test.each([
    ['+420777888999'],
    ['420777888999'],
    ['00420777888999'],
    ['777888999'],
    ['777 888 999'],
    ['+420 777-888-999'],
    ['tel 777.888.999, please'],
    ['{"caller":"%2B420777888999"}'],
    ['{"phone":777888999}'],
    ['caller=%2B420777888999&x=1'],
    ['"sip:420777888999@trunk"'],
    ['{"body":"{\\"from\\":\\"\\u002b420777888999\\"}"}'],
    ['602111222 777888999'],
  ])('%s', (text) => {
    for (const written of ['+420777888999', '777 888 999', '00420 777888999']) {
      const person = read(written);
      expect(person.isIn(text)).toBe(true);
      expect(person.isIn(person.redact(text))).toBe(false);
    }
  });

  test.each([
    ['+421777888999', 'another country'],
    ['+421 777 888 999', 'another country, with spaces'],
    ['00421 777888999', 'another country, dialled'],
    ['{"at":1777888999123}', 'an instant'],
    ['7778889990', 'a longer number'],
    ['0.5777888999', 'a fraction'],
    ['', 'nothing'],
  ])('%s is not: %s', (text) => {
    const person = read('+420777888999');
    expect(person.isIn(text)).toBe(false);
    expect(person.redact(text)).toBe(text);
  });

  test('with the prefix of its own country', () => {
    expect(read('+74951234567', 'RU').isIn('8 (495) 123-45-67')).toBe(true);
    expect(read('+493012345678', 'DE').isIn('+49 (0)30 12345678')).toBe(true);
    expect(read('+493012345678', 'DE').isIn('030/12345678')).toBe(true);
    expect(read('+493012345678', 'CZ').isIn('030/12345678')).toBe(false);
  });
});

test('redaction leaves valid JSON', () => {
  const person = read('777888999');
  expect(JSON.parse(person.redact('{"phone":777888999,"to":["+420777888999"],"n":5}'))).toEqual({
    phone: 0,
    to: ['[erased]'],
    n: 5,
  });
});

test('digits that are no number match only as a complete value', () => {
  const person = read('11880');
  expect(person.isIn('{"caller":"11880"}')).toBe(true);
  expect(person.isIn('{"ms":11880,"text":"after 11880 ms"}')).toBe(false);
  expect(Person.parse('101', 'CZ')).toBeUndefined();
  expect(Person.parse('anonymous', 'CZ')).toBeUndefined();
});
