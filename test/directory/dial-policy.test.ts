import fc from 'fast-check';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DialPolicy, startOfDay, type DialDirectory } from '../../src/directory/dial-policy.js';
import type { DialLimits } from '../../src/directory/dial-limits.js';
import { dialPolicySchema } from '../../src/directory/schema.js';
import { openDatabase, type Database } from '../../src/storage/database.js';

const NOON = Date.parse('2026-06-01T12:00:00+02:00');
const line = '+420222333444';
let db: Database;
let directory: DialDirectory;
let legs: number;

beforeEach(async () => {
  db = await openDatabase(':memory:');
  legs = 0;
  directory = {
    country: 'CZ',
    time_zone: 'Europe/Prague',
    dial_policy: dialPolicySchema.parse({ countries: ['CZ', 'SK'], deny: ['+42081'] }),
    handsets: [{ name: 'tester', max_contacts: 1 }],
    operators: [],
    lines: [{ number: line, caller_id: '+420222333000' }],
    trunks: [],
  };
});
afterEach(() => db.destroy());

function policy(trunk: string | undefined = 'trunk'): DialPolicy {
  return new DialPolicy({ db, directory: () => directory, trunk });
}

function call(number: string, at = NOON, legId = `leg${(legs += 1)}`) {
  return policy().check({ legId, to: { number }, line, at });
}

function settings(changes: object): void {
  directory.dial_policy = dialPolicySchema.parse({ ...directory.dial_policy, ...changes });
}

describe('allowed numbers', () => {
  it.each([
    ['777888999', 'PJSIP/420777888999@trunk'],
    ['+421 905 123 456', 'PJSIP/421905123456@trunk'],
    ['00420777888999', 'PJSIP/420777888999@trunk'],
  ])('allows %s', async (number, endpoint) =>
    expect(await call(number)).toEqual({ allowed: true, endpoint, callerId: '420222333000' }),
  );

  it.each([
    ['+4915112345678', /calls to DE/],
    ['+420900123456', /premium/],
    // Networks ignore surplus digits.
    ['+4209001234567', /premium/],
    ['900 123 456 00', /premium/],
    ['+420810123456', /begin with \+42081/],
    ['+80012345678', /country .* not known/],
    ['112', /short codes/],
    ['155', /short codes/],
    ['+420112', /not a phone number/],
    ['777888999@evil', /not a phone number/],
    ['', /not a phone number/],
  ])('refuses %s', async (number, reason) =>
    expect(await call(number)).toEqual({ allowed: false, reason: expect.stringMatching(reason) as string }),
  );

  it.each(['+420 0777 888 999', '+4207778889991'])('refuses %s, which is not valid in its country', async (number) => {
    settings({ allow: ['+420777', '+4200'] });
    expect(await call(number)).toEqual({ allowed: false, reason: 'the number is not valid in its country' });
    const e164 = `+${number.replace(/\D/g, '')}`;
    settings({ allow: [e164] });
    expect((await call(number)).allowed).toBe(true);
  });

  it('allows nothing by default', async () => {
    directory.dial_policy = dialPolicySchema.parse({});
    for (const number of ['777888999', '+421905123456', '112']) expect((await call(number)).allowed).toBe(false);
  });

  it('also allows prefixes and single short codes; denied ones win', async () => {
    settings({ countries: [], allow: ['+4915', '112', '+42090'], deny: ['+49151123', '155'] });
    expect(await call('+4915212345678')).toMatchObject({ allowed: true });
    expect(await call('+4915112345678')).toMatchObject({ allowed: false });
    expect(await call('112')).toMatchObject({ allowed: true, endpoint: 'PJSIP/112@trunk' });
    expect(await call('155')).toMatchObject({ allowed: false });
    expect(await call('900123456')).toMatchObject({ allowed: true });
  });

  it('refuses numbers without a trunk', async () =>
    expect(await policy('').check({ legId: 'x', to: { number: '777888999' }, line, at: NOON })).toMatchObject({
      allowed: false,
    }));

  it('shows no number, and names of colleagues, to a handset whose operator may not see numbers', async () => {
    const masked = new DialPolicy({
      db,
      directory: () => directory,
      trunk: 'trunk',
      masksCallers: (name) => name === 'tester',
    });
    const shown = async (callerId: string | null) =>
      masked.check({ legId: 'h', to: { handset: 'tester' }, line, callerId, at: NOON });
    for (const callerId of ['+420777888999', '777888999', null])
      expect(await shown(callerId)).toMatchObject({ allowed: true, callerId: 'anonymous' });
    expect(await shown('eva')).toMatchObject({ callerId: 'eva' });
  });

  it('allows configured handsets, and no other endpoint', async () => {
    const ring = (handset: string) =>
      policy().check({ legId: 'h', to: { handset }, line, callerId: '+420777888999', at: NOON });
    expect(await ring('tester')).toEqual({
      allowed: true,
      endpoint: 'PJSIP/tester',
      callerId: '+420777888999',
    });
    for (const name of ['trunk', 'tester&PJSIP/1', 'TESTER', '', '../x']) {
      expect(await ring(name)).toEqual({ allowed: false, reason: 'there is no such handset' });
    }
  });

  it('keeps untrusted text out of the endpoint', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.stringMatching(/^[+0-9()& /@-]{3,20}$/)),
        fc.boolean(),
        async (text, asHandset) => {
          const answer = await policy().check({
            legId: `p${(legs += 1)}`,
            to: asHandset ? { handset: text } : { number: text },
            line,
            callerId: text,
            at: NOON,
          });
          if (!answer.allowed) return;
          expect(answer.endpoint).toMatch(/^PJSIP\/(tester|\d{2,15}@trunk)$/);
          expect(answer.callerId ?? '').toMatch(/^[\w+.-]*$/);
        },
      ),
      { numRuns: 200 },
    ));
});

describe('limits', () => {
  it('gives the last slot to one of ten concurrent dials', async () => {
    settings({ max_concurrent: 1 });
    const answers = await Promise.all(Array.from({ length: 10 }, () => call('777888999')));
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(1);
    expect(answers.find(({ allowed }) => !allowed)).toEqual({
      allowed: false,
      reason: expect.stringContaining('at the same time') as string,
      forNow: true,
    });
  });

  it('frees a slot when the leg ends', async () => {
    settings({ max_concurrent: 1 });
    expect(await call('777888999', NOON, 'first')).toMatchObject({ allowed: true });
    expect(await call('777888999')).toMatchObject({ allowed: false });
    await policy().release('first', NOON + 1000);
    expect(await call('777888999')).toMatchObject({ allowed: true });
  });

  it('frees the slot of a leg that ended while the database could not be written', async () => {
    settings({ max_concurrent: 1 });
    const one = policy();
    const dial = (legId: string) => one.check({ legId, to: { number: '777888999' }, line, at: NOON });
    expect(await dial('first')).toMatchObject({ allowed: true });
    await sql`create trigger full before update on dials begin select raise(fail, 'the disk is full'); end`.execute(db);
    await expect(one.release('first', NOON + 1000)).rejects.toThrow('full');
    expect(await dial('second')).toMatchObject({ allowed: false });
    await sql`drop trigger full`.execute(db);
    expect(await dial('third')).toMatchObject({ allowed: true });
  });

  it('refuses for now, with the reason, a dial that it cannot count, and never rejects', async () => {
    for (const operation of ['insert', 'update']) {
      await sql
        .raw(`create trigger full before ${operation} on dials begin select raise(fail, 'the disk is full'); end`)
        .execute(db);
      expect(await call('777888999')).toEqual(
        operation === 'update'
          ? expect.objectContaining({ allowed: true })
          : { allowed: false, forNow: true, reason: expect.stringMatching(/database/) as string },
      );
      await sql`drop trigger full`.execute(db);
    }
    await sql`drop table dials`.execute(db);
    expect(await call('777888999')).toMatchObject({ allowed: false, forNow: true });
    expect(await policy().check({ legId: 'h', to: { handset: 'tester' }, line, at: NOON })).toMatchObject({
      allowed: true,
    });
  });

  it('removes ended dials after a week, and only those', async () => {
    const one = policy();
    for (const legId of ['over', 'open']) await one.check({ legId, to: { number: '777888999' }, line, at: NOON });
    await one.release('over', NOON);
    expect(await one.cleanupJob.run(NOON + 6 * 24 * 3_600_000)).toBe(0);
    expect(await one.cleanupJob.run(NOON + 8 * 24 * 3_600_000)).toBe(1);
    expect(await db.selectFrom('dials').select('leg_id').execute()).toEqual([{ leg_id: 'open' }]);
  });

  it('counts a leg once for repeated questions, and never reopens an ended one', async () => {
    settings({ max_concurrent: 1 });
    expect(await call('777888999', NOON, 'same')).toMatchObject({ allowed: true });
    expect(await call('777888999', NOON, 'same')).toMatchObject({ allowed: true });
    await policy().release('same', NOON);
    expect(await call('777888999', NOON, 'same')).toMatchObject({ allowed: false });
  });

  it('frees the slots of legs that ended while the gateway was down', async () => {
    settings({ max_concurrent: 2 });
    await call('777888999', NOON, 'gone');
    await call('777888999', NOON, 'alive');
    await policy().reconcile(['alive'], NOON + 1);
    expect(await call('777888999')).toMatchObject({ allowed: true });
    expect(await call('777888999')).toMatchObject({ allowed: false });
  });

  it('starts a new day at midnight of the company', async () => {
    settings({ max_per_day: 2 });
    const lateEvening = Date.parse('2026-06-01T23:59:00+02:00');
    for (const legId of ['a', 'b']) {
      expect(await call('777888999', lateEvening, legId)).toMatchObject({ allowed: true });
      await policy().release(legId, lateEvening);
    }
    expect(await call('777888999', lateEvening + 30_000)).toMatchObject({
      allowed: false,
      reason: 'the dial policy allows 2 outgoing calls a day',
      forNow: true,
    });
    expect(await call('777888999', lateEvening + 60_000)).toMatchObject({ allowed: true });
  });

  it('does not count handsets', async () => {
    settings({ max_concurrent: 0, max_per_day: 0 });
    expect(await policy().check({ legId: 'h', to: { handset: 'tester' }, line, at: NOON })).toMatchObject({
      allowed: true,
    });
  });

  it('refuses when it cannot count', async () => {
    await db.schema.dropTable('dials').execute();
    expect(await call('777888999')).toEqual({
      allowed: false,
      reason: expect.stringContaining('could not be checked') as string,
      forNow: true,
    });
  });
});

describe('startOfDay', () => {
  it.each([
    ['Europe/Prague', '2026-03-29T12:00:00+02:00', '2026-03-29T00:00:00+01:00'],
    ['Europe/Prague', '2026-10-25T23:30:00+01:00', '2026-10-25T00:00:00+02:00'],
    ['Africa/Cairo', '2026-04-24T12:00:00+03:00', '2026-04-24T01:00:00+03:00'],
    ['America/Havana', '2026-11-01T00:30:00-05:00', '2026-11-01T00:00:00-04:00'],
    ['America/Havana', '2026-11-01T00:30:00-04:00', '2026-11-01T00:00:00-04:00'],
  ])('%s: the day of %s began at %s', (zone, at, expected) =>
    expect(new Date(startOfDay(Date.parse(at), zone)).toISOString()).toBe(new Date(expected).toISOString()),
  );
});

describe('limits of a handset and of its operator', () => {
  const dial = (number: string, { by = 'tester', at = NOON, one = policy() } = {}) =>
    one.check({ legId: `leg${(legs += 1)}`, to: { number }, line, by, at });
  const limit = (handset: DialLimits | undefined, operator?: DialLimits) => {
    directory.handsets = [
      { name: 'tester', max_contacts: 1, dial_limits: handset },
      { name: 'other', max_contacts: 1 },
    ];
    directory.operators = [{ id: 7, name: 'Jana', handset: 'tester', dial_limits: operator }];
  };

  it('count only the calls of that handset', async () => {
    limit({ max_per_day: 2 });
    for (let time = 0; time < 2; time += 1) expect(await dial('777888999')).toMatchObject({ allowed: true });
    expect(await dial('777888999')).toEqual({
      allowed: false,
      forNow: true,
      reason: 'the handset tester may make 2 outgoing calls a day',
    });
    expect(await dial('777888999', { by: 'other' })).toMatchObject({ allowed: true });
    expect(await call('777888999')).toMatchObject({ allowed: true });
    expect(await dial('777888999', { at: NOON + 24 * 3_600_000 })).toMatchObject({ allowed: true });
  });

  it('of a person follow the person to another handset', async () => {
    limit(undefined, { max_per_day: 1 });
    expect(await dial('777888999')).toMatchObject({ allowed: true });
    directory.operators = [{ id: 7, name: 'Jana', handset: 'other', dial_limits: { max_per_day: 1 } }];
    expect(await dial('777888999')).toMatchObject({ allowed: true });
    expect(await dial('777888999', { by: 'other' })).toMatchObject({
      allowed: false,
      reason: 'Jana may make 1 outgoing calls a day',
    });
  });

  it('give the last slot to one of ten concurrent dials, and free it when the leg ends', async () => {
    limit({ max_concurrent: 1 });
    const answers = await Promise.all(Array.from({ length: 10 }, () => dial('777888999')));
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(1);
    const { leg_id } = await db.selectFrom('dials').select('leg_id').executeTakeFirstOrThrow();
    await policy().release(leg_id, NOON);
    expect(await dial('777888999')).toMatchObject({ allowed: true });
  });

  it.each([
    ['another country', '+421905123456', { countries: ['CZ'] }, 'the handset tester may not call SK'],
    [
      'premium-rate numbers that the policy allows',
      '900123456',
      { premium_rate: false },
      'the handset tester may not call premium-rate numbers',
    ],
  ])('refuse %s', async (_what, number, limits, reason) => {
    settings({ allow: ['+42090'] });
    limit(limits);
    expect(await dial(number)).toEqual({ allowed: false, reason });
    expect(await policy().refusalFor('tester', number, NOON)).toBe(reason);
    expect(await dial(number, { by: 'other' })).toMatchObject({ allowed: true });
  });

  it('never stop an emergency call that the policy allows', async () => {
    settings({ allow: ['112'] });
    limit({ max_per_day: 0, max_concurrent: 0, countries: [] });
    expect(await dial('112')).toMatchObject({ allowed: true });
    expect(await dial('777888999')).toMatchObject({ allowed: false });
  });

  it('are told before a call begins, without taking a slot', async () => {
    limit({ max_per_day: 1 });
    expect(await policy().refusalFor('tester', '777888999', NOON)).toBeUndefined();
    expect(await dial('777888999')).toMatchObject({ allowed: true });
    expect(await policy().refusalFor('tester', '777888999', NOON)).toMatch(/1 outgoing calls a day/);
    expect(await policy().refusalFor('other', '777888999', NOON)).toBeUndefined();
  });

  it('of a day are reported at 80 % and when they are used up, each once', async () => {
    limit({ max_per_day: 5 }, { max_per_day: 4 });
    settings({ max_per_day: 6 });
    const one = policy();
    const reports: string[] = [];
    one.onLimit(({ of, used, max, isReached }) => reports.push(`${of?.kind ?? 'company'} ${used}/${max} ${isReached}`));
    for (let time = 0; time < 6; time += 1) await dial('777888999', { one });
    expect(reports).toEqual(['operator 4/4 true', 'handset 4/5 false'].reverse());
  });
});
