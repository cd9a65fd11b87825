import { expect, it } from 'vitest';
import { FailedSipLogins } from '../../src/asterisk/sip-logins.js';

const GUESSER = '192.0.2.7';

function reader() {
  const clock = { now: 0 };
  const logins = new FailedSipLogins(() => clock.now);
  const read = (event: string, { transport = 'TCP', ...fields }: Record<string, string> = {}) =>
    logins.read({
      event,
      service: 'PJSIP',
      sessionid: 'a',
      remoteaddress: `IPV4/${transport}/${GUESSER}/5060`,
      ...fields,
    });
  return { clock, read };
}

it.each([
  ['UDP', false],
  ['TCP', true],
  ['TLS', true],
])('over %s the address is proven: %s', (transport, isProven) => {
  for (const event of ['InvalidAccountID', 'ChallengeResponseFailed'])
    expect(reader().read(event, { transport })).toEqual({ address: GUESSER, isProven });
});

it('one login of a phone counts once, and a repeated one again', () => {
  const { clock, read } = reader();
  expect(read('InvalidAccountID')).toBeDefined();
  expect(read('ChallengeResponseFailed')).toBeUndefined();
  clock.now += 1000;
  expect(read('ChallengeResponseFailed')).toBeDefined();
});

it('ordinary challenges and failures of other services do not count', () => {
  expect(reader().read('ChallengeSent')).toBeUndefined();
  expect(reader().read('InvalidAccountID', { service: 'AMI' })).toBeUndefined();
});
