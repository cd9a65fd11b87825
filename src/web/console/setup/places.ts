import { pageLanguage } from '../texts.js';
import type { Option } from '../ui/field.js';

/** ISO 3166 codes of countries with telephone numbers. */
const COUNTRIES =
  'AC AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'.split(
    ' ',
  );

/** Codes with their names, in the order of the visitor's alphabet. */
export function countries(): Option[] {
  const names = new Intl.DisplayNames(pageLanguage, { type: 'region' });
  const { compare } = new Intl.Collator(pageLanguage);
  return COUNTRIES.map((value) => ({ value, name: names.of(value) ?? value })).sort((a, b) => compare(a.name, b.name));
}

export function timeZones(): Option[] {
  const own = ownTimeZone();
  const all = Intl.supportedValuesOf('timeZone');
  return (all.includes(own) ? all : [own, ...all]).map((value) => ({ value, name: value.replaceAll('_', ' ') }));
}

export function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const HOME = { cs: 'CZ', ru: 'RU', en: 'GB' };

/** The country of the browser's language, if the page is in that language; otherwise the language's own. */
export function likelyCountry(): string {
  const { language, region } = new Intl.Locale(navigator.language);
  const isKnown = region !== undefined && COUNTRIES.includes(region);
  return isKnown && language === pageLanguage ? region : HOME[pageLanguage];
}
