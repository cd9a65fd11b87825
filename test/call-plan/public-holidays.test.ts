import { describe, expect, it } from 'vitest';
import { LinePrograms } from '../../src/call-plan/line-programs.js';
import { readDocument, writeDocument } from '../../src/company/document/document.js';
import { telfaHandOver } from '../../src/integrations/telfa/hand-over.js';
import { call, companyOf, shopDocument } from '../simulator/shop-company.js';

const WEEKDAYS = "mon: [{ from: '08:00', to: '17:00' }], fri: [{ from: '08:00', to: '17:00' }]";
const edited = (more: string) => {
  expect(shopDocument).toContain(`{ ${WEEKDAYS} }`);
  return shopDocument.replace(`{ ${WEEKDAYS} }`, `{ ${WEEKDAYS} }\n        ${more.replaceAll('\n', '\n        ')}`);
};

/** Whether a caller gets into the queue. */
async function isOpen(yaml: string, at: string): Promise<boolean> {
  const { timeline } = await call(companyOf(yaml), { keys: '2', at });
  return timeline.some(({ kind }) => kind === 'queued');
}

describe('holidays: CZ', () => {
  const yaml = edited('holidays: CZ');

  it.each([
    // A Monday and a Friday each.
    ['2026-09-21 10:00', true],
    ['2026-09-28 10:00', false],
    ['2026-04-03 10:00', false],
    ['2027-03-26 10:00', false],
    ['2027-04-02 10:00', true],
  ])('at %s: %s', async (at, open) => expect(await isOpen(yaml, at)).toBe(open));

  it('counts in an enqueue action, too', async () => {
    const queue = shopDocument.replace(
      'timeout: 40s,',
      `timeout: 40s, hours: { weekly: { mon: [{ from: '00:00', to: '24:00' }] }, holidays: [CZ, '09-21'] },`,
    );
    expect(await isOpen(queue, '2026-09-28 10:00')).toBe(false);
    expect(await isOpen(queue, '2026-09-21 10:00')).toBe(false);
    expect(await isOpen(queue, '2026-09-14 10:00')).toBe(true);
  });

  it('opens for the hours on holidays, and an exception comes first', async () => {
    const shorter = edited(
      "holidays: [CZ, '12-31']\nholiday_hours: [{ from: '09:00', to: '12:00' }]\nexceptions: [{ date: '2026-04-03', open: [] }]",
    );
    expect(await isOpen(shorter, '2026-09-28 10:00')).toBe(true);
    expect(await isOpen(shorter, '2026-09-28 13:00')).toBe(false);
    expect(await isOpen(shorter, '2026-12-31 10:00')).toBe(true);
    expect(await isOpen(shorter, '2026-04-03 10:00')).toBe(false);
  });

  it('is read and written in the short notation', () => {
    const written = writeDocument(companyOf(yaml), 'test');
    expect(JSON.stringify(written)).toContain('"holidays":"CZ"');
    const list = JSON.stringify(writeDocument(companyOf(edited("holidays: [CZ, '12-31']")), 'test'));
    expect(list).toContain('"holidays":["CZ","12-31"]');
  });

  it('needs a country that is known', () => {
    const read = readDocument(edited('holidays: Czechia'), 'test');
    expect(read).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining('the ISO 3166 code of a country or region') as string }],
    });
  });
});

describe('the program of a call', () => {
  const programs = new LinePrograms(telfaHandOver);
  const company = companyOf(edited('holidays: CZ'));
  const programAt = (at: string) => {
    const [line] = company.lines;
    if (line === undefined) throw new Error('no line');
    return programs.of(company, line, { caller: '', at: Date.parse(at) });
  };

  it('has the dates of the year of the call, so that a flow needs no calendar', () =>
    expect(programAt('2026-06-01T10:00:00Z').publicHolidays?.['CZ']).toHaveLength(13));

  it('has both years about midnight on New Year’s Eve, in any time zone', () => {
    for (const at of ['2026-12-31T10:00:00Z', '2027-01-01T10:00:00Z'])
      expect(programAt(at).publicHolidays?.['CZ']).toEqual(expect.arrayContaining(['2026-12-24', '2027-01-01']));
  });

  it('is the same for all calls of a year', () => {
    expect(programAt('2026-03-01T10:00:00Z')).toBe(programAt('2026-10-01T10:00:00Z'));
    expect(programAt('2027-03-01T10:00:00Z')).not.toBe(programAt('2026-10-01T10:00:00Z'));
  });

  it('has none when no hours name a country', () => {
    const plain = companyOf(shopDocument);
    const [line] = plain.lines;
    if (line === undefined) throw new Error('no line');
    expect(programs.of(plain, line, { caller: '', at: 0 })).not.toHaveProperty('publicHolidays');
  });
});
