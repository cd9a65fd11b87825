import { expect, it } from 'vitest';
import { canHandOverTransfers } from '../../src/asterisk/phone-transfers.js';

it.each([
  ['22.10.1', false],
  ['22.10.1+dfsg+~cs6.17.60671435-1', false],
  ['22.11.0', true],
  ['22.11.0~dfsg+~cs6.17.60671435-1', true],
  ['22.9.12', false],
  ['23.4.1', false],
  ['23.5.0', true],
  ['20.20.1', false],
  ['20.21.0', true],
  ['21.12.2', false],
  ['24.0.0', true],
  ['18.99.0', false],
  // Before the first connect, and versions that do not say what is in them.
  ['', false],
  ['22.11.0-rc1', false],
  ['certified-22.8-cert1', false],
  ['certified/22.11-cert1', false],
  ['GIT-22-1480af1227', false],
  ['GIT-master-1480af1227M', false],
  ['22.11', false],
])('Asterisk %s hands over transfers of phones: %s', (version, expected) => {
  expect(canHandOverTransfers(version)).toBe(expected);
});
