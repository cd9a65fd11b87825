import { expect, it } from 'vitest';
import { weaknessOf } from '../../src/accounts/weak-passwords.js';

it.each([
  ['1234567890', 'most common'],
  ['          ', 'repeats'],
  ['aaaaaaaaaaaa', 'repeats'],
  ['jana@shop.cz', 'the login'],
  ['Jana@Shop.cz1', 'the login'],
  ['password123', 'most common'],
  ['qwertyuiop', 'most common'],
  ['Administrator', 'most common'],
  ['йцукен12345', 'most common'],
  ['0987654321a', 'most common'],
])('%j is weak: %s', (password, why) => expect(weaknessOf(password, 'jana@shop.cz')).toContain(why));

it.each(['correct horse battery', '8372910465', 'jana má ráda kočky', 'xKj29dlq_w', 'příliš žluťoučký'])(
  '%j is not',
  (password) => expect(weaknessOf(password, 'jana@shop.cz')).toBeUndefined(),
);
