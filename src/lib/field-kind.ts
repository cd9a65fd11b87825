import { PERSONAL_FIELDS, SECRET_FIELDS } from './sensitive-fields.js';

/**
 * Kind of the content of a field in an external request, derived from its name:
 *
 * - `secret`: a password, a token, a signature
 * - `typed`: digits that the caller pressed
 * - `plate`: a car's registration number
 * - `place`: coordinates
 * - `contract`: words of the contract, such as a status or a tariff
 * - `person`: names, addresses, free text
 * - `time`: a date or an instant
 * - `number`: a phone number, or a party of the call (`from`, `driver`), which may also be given by name
 */
export type FieldKind = 'secret' | 'typed' | 'plate' | 'place' | 'contract' | 'person' | 'time' | 'number' | 'other';

/** In characters. Matching CONTRACT takes quadratic time, and names are untrusted. */
const MAX_NAME_LENGTH = 80;

const personal = new Set<string>(PERSONAL_FIELDS.map(plain));
const secret = new Set<string>(SECRET_FIELDS.map(plain));

const SECRET =
  /token|passw|pwd|secret|auth(?!or)|(?<!as|de)sign(?!al)|hash|session|cookie|csrf|api_?key|key(?!s$|pad)|(?:^|_)(?:sig|pin|login)$/;
const TYPED = /digit|typed|collected|^keys$|dtmf/;
const PLATE = /plate|(?:^|_)(?:car|gos|cargos|reg|vehicle)_?num/;
const PLACE = /(?:^|_)(?:lat|lon|lng|latitude|longitude|latlng|latlon)(?:_|$)|coord/;
/** The contract word in the name and its suffix: `order_status`, `car_color`, `order_comment`. */
const CONTRACT =
  /^(?:.*_)?(?:order)?(car|order|tariff|status|branch|event|action|method|type|role|result|state|direction)(?:_?(name)|_(.+))?$/;
/** Contract words whose `_name` is not a label, unlike `tariff_name`. */
const NOT_A_LABEL = /^(?:car|order)$/;
const PERSON =
  /name(?![a-z])|fio|street|address|house|apartment|(?:^|_)city(?!_?id)|mail|comment|note|(?:^|_)text$|description/;
const TIME = /(?:time|timestamp|(?<!up)date|(?:^|_)at)(?:_(?:s|ms|utc))?$/;
const NUMBER =
  /phone|tel|mob|msisdn|clid|number|from|client|customer|driver|passenger|worker|call(?!_?(?:id|back|duration|sec|ms|count))/;
const NUMBER_WORD = /(?:^|_)(?:cli|ani|dnis|did|to|a|b)(?:_|$)/;
/** Values that replace a number and do not identify a person. */
const PLACEHOLDER =
  /^(?:(?:un)?known|anonymous|private|restricted|unavailable|withheld|none|null|true|false|yes|no|(?:driver|client|customer|passenger|worker|operator|dispatcher|caller|callee)s?)$/i;

/** E-mail addresses in any text. The lengths are bounded to keep matching linear. */
export const EMAIL = /[^\s@<>"',;/]{1,64}@[^\s@<>"',;/]{1,253}\.[a-z]{2,}/gi;

/** Classifies a field by its name, in any notation: `callerNumber`, `caller_number` and `Caller-Number` are equal. */
export function fieldKind(name: string): FieldKind {
  if (name.length > MAX_NAME_LENGTH) return 'person';
  const words = snakeCase(name);
  if (secret.has(plain(name)) || SECRET.test(words)) return 'secret';
  if (TYPED.test(words)) return 'typed';
  if (PLATE.test(words)) return 'plate';
  if (PLACE.test(words)) return 'place';
  if (isContractWord(words)) return 'contract';
  if (PERSON.test(words)) return 'person';
  if (TIME.test(words)) return 'time';
  return isNumber(words) ? 'number' : 'other';
}

/** True for a value of a `number` field that stands for a missing number or a role, such as `anonymous` or `driver`. */
export function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value);
}

function isContractWord(words: string): boolean {
  const match = CONTRACT.exec(words);
  if (match === null) return false;
  const [, word = '', name, detail] = match;
  if (name !== undefined) return !NOT_A_LABEL.test(word);
  return detail === undefined || !(PERSON.test(detail) || isNumber(detail));
}

function isNumber(words: string): boolean {
  return personal.has(plain(words)) || NUMBER.test(words) || NUMBER_WORD.test(words);
}

function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
