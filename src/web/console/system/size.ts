import { pageLanguage } from '../texts.js';

const GIGABYTE = 1e9;
const MEGABYTE = 1e6;

/** A number of bytes in words. */
export function sizeOf(bytes: number): string {
  const [value, unit] = bytes >= GIGABYTE ? [bytes / GIGABYTE, 'gigabyte'] : [bytes / MEGABYTE, 'megabyte'];
  return new Intl.NumberFormat(pageLanguage, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value);
}
