import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DialPolicy, type DialDirectory } from '../../src/directory/dial-policy.js';
import { dialPolicySchema } from '../../src/directory/schema.js';
import { callerIdOn, numberForTrunk, numberFromTrunk } from '../../src/directory/trunk-numbers.js';
import { trunkSchema, type Trunk } from '../../src/directory/trunk-schema.js';
import { openDatabase, type Database } from '../../src/storage/database.js';

const LINE = '+420222333444';
const OTHER_LINE = '+420222333555';

function trunk(settings: object = {}): Trunk {
  return trunkSchema.parse({ name: 'acme', way: 'address', server: 'sip.acme.example', ...settings });
}

describe('numbers on a trunk', () => {
  it.each([
    [{}, '420777888999'],
    [{ format: 'plus' }, '+420777888999'],
    [{ format: '00' }, '00420777888999'],
    [{ format: 'national' }, '777888999'],
    [{ format: 'national', add: '0' }, '0777888999'],
    [{ format: 'digits', strip: '420', add: '99' }, '99777888999'],
  ])('%o sends %s', (numbers_out, written) =>
    expect(numberForTrunk('+420777888999', trunk({ numbers_out }), 'CZ')).toBe(written),
  );

  it('keep short codes, and the country code of other countries', () => {
    expect(numberForTrunk('112', trunk({ numbers_out: { format: 'plus', add: '0' } }), 'CZ')).toBe('112');
    expect(numberForTrunk('+421905123456', trunk({ numbers_out: { format: 'national' } }), 'CZ')).toBe(
      '00421905123456',
    );
    expect(numberForTrunk('+421905123456', trunk({ numbers_out: { format: 'national' }, country: 'SK' }), 'CZ')).toBe(
      '905123456',
    );
  });

  it.each([
    [{}, '222333444', LINE],
    [{}, '00420222333444', LINE],
    [{ format: 'digits' }, '420222333444', LINE],
    [{ format: 'digits' }, '+420222333444', LINE],
    [{ format: '00' }, '00420222333444', LINE],
    [{ format: 'national' }, '222333444', LINE],
    [{ strip: '9' }, '9222333444', LINE],
    [{ add: '+420222' }, '333444', LINE],
    [{ format: 'digits' }, '100', '100'],
    [{}, 'anonymous', 'anonymous'],
  ])('%o reads %s as %s', (numbers_in, written, number) =>
    expect(numberFromTrunk(written, trunk({ numbers_in }), 'CZ')).toBe(number),
  );

  it.each([
    [{}, LINE, LINE],
    [{ shows: 'fixed', number: '222 000 000' }, LINE, '+420222000000'],
    [{ shows: 'allowed', number: '222000000', allowed: ['222333444'] }, LINE, LINE],
    [{ shows: 'allowed', number: '222000000', allowed: ['222333444'] }, OTHER_LINE, '+420222000000'],
  ])('%o shows for %s: %s', (caller_id, wanted, shown) =>
    expect(callerIdOn(trunk({ caller_id }), wanted, 'CZ')).toBe(shown),
  );
});

describe('the trunks of a call', () => {
  let db: Database;
  let directory: DialDirectory;
  let incoming: number;
  let down: string[];
  let silent: string[];
  let legs = 0;
  beforeEach(async () => {
    db = await openDatabase(':memory:');
    incoming = 0;
    down = [];
    silent = [];
    directory = {
      country: 'CZ',
      time_zone: 'Europe/Prague',
      dial_policy: dialPolicySchema.parse({ countries: ['CZ', 'SK'] }),
      handsets: [],
      operators: [],
      lines: [{ number: LINE }, { number: OTHER_LINE, trunk: 'backup' }],
      trunks: [
        trunk({ name: 'backup', order: 9 }),
        trunk({ name: 'main', max_channels: 1 }),
        trunk({ name: 'slovak', order: 2, prefixes: ['+421'] }),
        trunk({ name: 'own', order: 3, lines: [OTHER_LINE] }),
      ],
    };
  });
  afterEach(() => db.destroy());

  const policy = () =>
    new DialPolicy({
      db,
      directory: () => directory,
      trunk: 'files',
      incomingCalls: () => Promise.resolve(incoming),
      isDown: (name) => down.includes(name),
      onSilent: (name) => silent.push(name),
    });
  const call = (number: string, more: object = {}) =>
    policy().check({ legId: `leg${(legs += 1)}`, to: { number }, line: LINE, at: Date.now(), ...more });

  it('are tried in their order, if they carry the line and the number', async () => {
    expect(await call('777888999')).toMatchObject({
      endpoint: 'PJSIP/420777888999@main',
      route: { trunk: 'main', others: ['backup'] },
    });
    expect(await call('+421905123456')).toMatchObject({ route: { trunk: 'slovak', others: ['backup'] } });
  });

  it('begin with the one that the line names; an endpoint of other files is used alone', async () => {
    expect(await call('777888999', { line: OTHER_LINE })).toMatchObject({
      route: { trunk: 'backup', others: ['main', 'own'] },
    });
    directory.lines = [{ number: LINE, trunk: 'my-provider' }];
    expect(await call('777888999')).toEqual({
      allowed: true,
      endpoint: 'PJSIP/420777888999@my-provider',
      callerId: '420222333444',
    });
  });

  it('leave out one whose channels are in use, by calls in either direction', async () => {
    incoming = 1;
    expect(await call('777888999')).toMatchObject({ route: { trunk: 'backup' } });
    directory.trunks = [trunk({ name: 'main', max_channels: 1 })];
    expect(await call('777888999')).toEqual({
      allowed: false,
      reason: 'the trunk main has no free channel',
      forNow: true,
    });
  });

  it('have the one last that is known not to work', async () => {
    down = ['main'];
    expect(await call('777888999')).toMatchObject({ route: { trunk: 'backup', others: ['main'] } });
  });

  it('leave out those that have failed, and count the call once', async () => {
    directory.dial_policy = dialPolicySchema.parse({ countries: ['CZ'], max_per_day: 1 });
    await call('777888999', { legId: 'a' });
    const next = await call('777888999', { legId: 'b', after: { legId: 'a', trunks: ['main'] } });
    expect(next).toMatchObject({ route: { trunk: 'backup', others: [] } });
    expect(await call('777888999', { after: { legId: 'x', trunks: ['main', 'backup'] } })).toMatchObject({
      allowed: false,
      reason: 'no other trunk is left',
    });
    expect(await call('777888999')).toMatchObject({ forNow: true });
  });

  it('that were silent are reported, once for each call', async () => {
    await call('777888999', { after: { legId: 'x', trunks: ['backup', 'main'], silent: true } });
    await call('777888999', { after: { legId: 'y', trunks: ['main'] } });
    expect(silent).toEqual(['main']);
  });

  it('that are left for a leg are known after a crash', async () => {
    const question = { legId: 'a', to: { number: '777888999' }, line: LINE, at: Date.now() };
    expect(await policy().routeOf(question)).toBeUndefined();
    await policy().check(question);
    expect(await policy().routeOf(question)).toEqual({ trunk: 'main', others: ['backup'] });
  });

  it('are none when no trunk carries the call, or all are switched off', async () => {
    directory.trunks = [trunk({ lines: [OTHER_LINE] }), trunk({ name: 'off', enabled: false })];
    expect(await call('777888999')).toMatchObject({
      allowed: false,
      reason: expect.stringMatching(/no trunk/) as string,
    });
  });

  it('are the one of a test call alone', async () =>
    expect(await call('777888999', { trunk: 'slovak' })).toMatchObject({ route: { trunk: 'slovak', others: [] } }));
});
