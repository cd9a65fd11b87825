import { z } from 'zod';
import { withOmittedDefault } from '../lib/codec.js';
import { phoneNumber } from './schema-words.js';

/** Schemas of the trunks in the company document. Documented in docs/trunks.md. */

/** Also the name of the endpoint in Asterisk. At least one letter, so that no caller ID equals it. */
const trunkName = z
  .string()
  .regex(/^(?=.*[a-z])[a-z0-9_-]{2,40}$/, 'lower-case letters, digits, - and _, with at least one letter');

const HOST = String.raw`(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])`;

/** A host name or an address, with a port or without. */
const server = z
  .string()
  .regex(new RegExp(`^${HOST}(?::\\d{1,5})?$`), 'a host name or an address, such as sip.provider.example:5060');

/** A host name, an address, or a network. */
const source = z
  .string()
  .regex(new RegExp(`^${HOST}(?:/\\d{1,3})?$`), 'a host name, an address or a network, such as 192.0.2.0/28');

/** Part of a SIP address: no character that ends it. */
const sipUser = z.string().regex(/^[A-Za-z0-9._~+*%-]{1,64}$/, 'letters, digits and . _ ~ + * % -');
const domain = z.string().regex(new RegExp(`^${HOST}$`), 'a host name such as provider.example');
const prefix = z.string().regex(/^\+?\d{1,15}$/, 'digits, in quotes');
const country = z.string().regex(/^[A-Z]{2}$/, 'two capital letters, the ISO 3166 code of a country such as CZ');

/**
 * The notation of numbers on a trunk. `digits`: 420222333444; `plus`: +420222333444; `00`: 00420222333444;
 * `national`: 222333444, and 00… abroad.
 */
const numberFormats = ['digits', 'plus', '00', 'national'] as const;

/** Numbers that the gateway sends. `strip` is taken off the number in its format, then `add` is put before it. */
const numbersOut = z.strictObject({
  format: withOmittedDefault(z.enum(numberFormats), 'digits'),
  strip: prefix.optional(),
  add: prefix.optional(),
});

/** Numbers that arrive. `any`: the gateway tells the notations apart. `strip` and `add` come first. */
const numbersIn = z.strictObject({
  format: withOmittedDefault(z.enum(['any', 'digits', '00', 'national']), 'any'),
  strip: prefix.optional(),
  add: prefix.optional(),
});

/**
 * The number that called people see. `line`: the caller ID of the plan or the line; `fixed`: always `number`; `allowed`: that of
 * the plan or the line if `allowed` has it, else `number`.
 */
const callerId = z.strictObject({
  shows: withOmittedDefault(z.enum(['line', 'fixed', 'allowed']), 'line'),
  number: phoneNumber.optional(),
  allowed: withOmittedDefault(z.array(phoneNumber).max(1000), []),
});

/** A connection to a provider or another PBX. The password is stored elsewhere. */
export const trunkSchema = z.strictObject({
  name: trunkName,
  title: withOmittedDefault(z.string().max(80), ''),
  enabled: withOmittedDefault(z.boolean(), true),
  /** Outgoing calls try trunks with lower numbers first. */
  order: withOmittedDefault(z.number().int().min(1).max(1000), 1),
  /** `registration`: the gateway registers with user and password; `address`: both sides know each other's address. */
  way: z.enum(['registration', 'address']),
  /** Where calls go, and registrations. */
  server,
  /** User name of the account; also for calls that the other side asks a password for. */
  user: sipUser.optional(),
  /** Domain of the account. Default: the host of the server. */
  domain: domain.optional(),
  /** Hosts, besides the server, whose calls are this trunk's. */
  addresses: withOmittedDefault(z.array(source).max(50), []),
  transport: withOmittedDefault(z.enum(['udp', 'tcp', 'tls']), 'udp'),
  /** `sdes`: audio is encrypted (SRTP), with keys in the signalling. */
  encryption: withOmittedDefault(z.enum(['none', 'sdes']), 'none'),
  codecs: withOmittedDefault(z.array(z.enum(['alaw', 'ulaw', 'g722', 'opus'])).min(1), ['alaw', 'ulaw']),
  /** Most calls at the same time, in both directions. Further outgoing calls take another trunk. */
  max_channels: z.number().int().min(1).max(10_000).optional(),
  /** Lines whose outgoing calls it carries. Empty: all. */
  lines: withOmittedDefault(z.array(phoneNumber).max(1000), []),
  /** Beginnings of the numbers that it calls, in E.164. Empty: all. */
  prefixes: withOmittedDefault(z.array(z.string().regex(/^\+\d{1,15}$/, 'a prefix such as +420')).max(200), []),
  caller_id: withOmittedDefault(callerId, callerId.parse({})),
  numbers_out: withOmittedDefault(numbersOut, numbersOut.parse({})),
  numbers_in: withOmittedDefault(numbersIn, numbersIn.parse({})),
  /** Country of its national numbers. Default: the company's. */
  country: country.optional(),
  /** The number that calls to the account itself are for. Default: `user`. */
  account_number: phoneNumber.optional(),
  /** Asks the server every half a minute whether it answers (OPTIONS). */
  checks: withOmittedDefault(z.boolean(), true),
});

export type Trunk = z.output<typeof trunkSchema>;
