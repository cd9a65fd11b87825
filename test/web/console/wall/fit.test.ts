import { expect, test } from 'vitest';
import { fitCards } from '../../../../src/web/console/wall/fit.js';

const FULL_HD = { width: 1880, height: 920 };
const USUAL_EM = 24;

test('few queues get large figures, more of them smaller ones', () => {
  const sizes = [1, 2, 4, 6, 9].map((count) => fitCards(count, FULL_HD, USUAL_EM));
  expect(sizes.map(({ columns }) => columns)).toEqual([1, 2, 2, 3, 3]);
  expect(sizes.map(({ em }) => Math.round(em))).toEqual([42, 38, 26, 26, 17]);
  expect(sizes.every(({ isCompact }) => !isCompact)).toBe(true);
});

test.each([16, 30, 40])('%i queues fit on one screen, in small cards that can be read', (count) => {
  const { columns, em, isCompact } = fitCards(count, FULL_HD, USUAL_EM);
  expect(isCompact).toBe(true);
  expect(em).toBeGreaterThanOrEqual(14);
  expect(Math.floor(columns * 17 * em)).toBeLessThanOrEqual(FULL_HD.width);
  expect(Math.floor(Math.ceil(count / columns) * 10.5 * em)).toBeLessThanOrEqual(FULL_HD.height);
});

test('on a phone there is one column, with small cards for many queues', () => {
  const phone = { width: 390, height: 700 };
  expect(fitCards(3, phone, 16)).toEqual({ columns: 1, em: 16, isCompact: false });
  expect(fitCards(30, phone, 16)).toEqual({ columns: 1, em: 16, isCompact: true });
});

test('more than a screen holds scroll, in letters that can still be read', () => {
  expect(fitCards(300, FULL_HD, USUAL_EM)).toMatchObject({ em: 14, isCompact: true });
});
