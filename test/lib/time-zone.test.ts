import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { companySchema } from '../../src/company/company.js';
import { isTimeZone } from '../../src/lib/time-zone.js';

describe('a time zone', () => {
  it.each([
    ...['Europe/Kyiv', 'Europe/Kiev', 'Asia/Kolkata', 'Asia/Calcutta', 'Asia/Ho_Chi_Minh', 'America/Nuuk'],
    ...['America/Argentina/Buenos_Aires', 'Atlantic/Faroe', 'Etc/UTC', 'Etc/GMT-3', 'GMT', 'UTC', 'CET'],
  ])('%s is one, in the company’s document too', (name) => {
    expect(isTimeZone(name)).toBe(true);
    expect(companySchema.safeParse({ version: 1, time_zone: name }).success).toBe(true);
  });

  it.each(['', 'Europe/Pragu', 'local', 'system', '+02:00', 'UTC+2', 'Prague'])('%j is none', (name) => {
    expect(isTimeZone(name)).toBe(false);
    expect(companySchema.safeParse({ version: 1, time_zone: name }).success).toBe(false);
  });

  it('is known by every name of the zone table of the system, where there is one', async () => {
    const table = await readFile('/usr/share/zoneinfo/zone.tab', 'utf8').catch(() => '');
    const names = table.split('\n').flatMap((line) => (/^#|^$/.test(line) ? [] : [line.split('\t')[2] ?? '']));
    expect(names.filter((name) => !isTimeZone(name))).toEqual([]);
  });
});
