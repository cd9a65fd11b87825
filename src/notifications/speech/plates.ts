import { bareNumber, type Counting } from './numbers/grammar.js';

/**
 * Reads out number plates. In Czech the four digits after the letters are read as two pairs: "1AB 2345" is
 * "jedna A B dvacet tři čtyřicet pět"; in Russian the number of three digits and the region's are read as numbers: "А123ВС77" is
 * "А сто двадцать три В С регион семьдесят семь". Zeros in front are read one by one. Every other plate is read letter by letter
 * and digit by digit.
 */

/** Letters that look the same in both alphabets: the only ones on Russian plates (GOST R 50577-2018). */
const CYRILLIC = 'АВЕКМНОРСТУХ';
const LATIN = 'ABEKMHOPCTYX';

/** A letter, three digits, two letters, and a region of two or three digits. */
const RUSSIAN = /^([АВЕКМНОРСТУХ])(\d{3})([АВЕКМНОРСТУХ]{2})(\d{2,3})?$/;
/** Three signs and four digits (decree 343/2014 Sb., § 27), or two or three letters and four digits on plates from before 2001. */
const CZECH = /^(\d[A-Z][A-Z0-9]|[A-Z]{2,3})(\d{2})(\d{2})$/;

/** Fragments for the letters of Russian plates; the Latin letter whose name sounds the same: Р is [er], as the Latin R. */
const RUSSIAN_NAMES: Readonly<Record<string, string>> = {
  А: 'a',
  В: 'v',
  Е: 'e',
  К: 'k',
  М: 'm',
  Н: 'n',
  О: 'o',
  Р: 'r',
  С: 's',
  Т: 't',
  У: 'u',
  Х: 'kh',
};

/** The fragments that read a plate; undefined when a sign has no name. */
export function plateWords(counting: Counting, plate: string): string[] | undefined {
  const signs = plate
    .normalize('NFC')
    .toUpperCase()
    .replace(/[\s\-–·.:/|]+/g, '');
  const read = readers[counting.language] ?? readSigns;
  return signs === '' ? undefined : read(counting, signs);
}

type Reader = (counting: Counting, signs: string) => string[] | undefined;

const readers: Readonly<Record<string, Reader>> = {
  cs: (counting, signs) => {
    const [, first, ...pairs] = CZECH.exec(inLatin(signs)) ?? [];
    if (first === undefined) return readSigns(counting, signs);
    return concatAll([readSigns(counting, first), ...pairs.map((pair) => numberAsRead(counting, pair))]);
  },
  ru: (counting, signs) => {
    const [, letter, number, letters, region] = RUSSIAN.exec(inCyrillic(signs)) ?? [];
    if (letter === undefined || number === undefined || letters === undefined) return readSigns(counting, signs);
    return [
      ...russianLetters(letter),
      ...numberAsRead(counting, number),
      ...russianLetters(letters),
      ...(region === undefined ? [] : ['status/region', ...numberAsRead(counting, region)]),
    ];
  },
};

function readSigns(counting: Counting, signs: string): string[] | undefined {
  return concatAll(Array.from(inLatin(signs), (sign) => nameOf(counting, sign)));
}

function nameOf(counting: Counting, sign: string): string[] | undefined {
  if (/\d/.test(sign)) return [counting.digit(sign)];
  return /[A-Z]/.test(sign) ? [`status/letter-${sign.toLowerCase()}`] : undefined;
}

function russianLetters(letters: string): string[] {
  return Array.from(letters, (letter) => `status/letter-${RUSSIAN_NAMES[letter] ?? ''}`);
}

/** "045": zero, forty five. */
function numberAsRead(counting: Counting, digits: string): string[] {
  const number = digits.replace(/^0+/, '');
  const zeros = Array.from({ length: digits.length - number.length }, () => 'digits/0');
  return number === '' ? zeros : [...zeros, ...bareNumber(counting, Number(number))];
}

function concatAll(parts: (string[] | undefined)[]): string[] | undefined {
  return parts.some((part) => part === undefined) ? undefined : parts.flatMap((part) => part ?? []);
}

function inLatin(signs: string): string {
  return signs.replace(/[А-Я]/g, (sign) => LATIN[CYRILLIC.indexOf(sign)] ?? sign);
}

function inCyrillic(signs: string): string {
  return signs.replace(/[A-Z]/g, (sign) => CYRILLIC[LATIN.indexOf(sign)] ?? sign);
}
