import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { TokenFile } from './accounts/token-files.js';
import type { MailSettings } from './alarms/mail.js';
import type { BackupSettings } from './backups/backups.js';
import { sipAddress, type SipAddress } from './cluster/front-settings.js';
import { scopes } from './http/route.js';
import { lanAddress } from './lib/lan-address.js';
import { isLoopback } from './lib/loopback.js';
import { urlHost } from './lib/url-host.js';
import type { DatabaseOptions } from './storage/database.js';
import { MAIN_NODE } from './storage/node-lease/lease-rows.js';
import { databaseUrl } from './storage/postgres/database-url.js';
import { DRIVER_NAMES } from './storage/sqlite/drivers.js';
import { SECRET_NAME } from './webhooks/schema.js';
import type { IceSettings } from './directory/ice-servers.js';
import type { SipServer } from './directory/phone-encryption.js';

/** The environment: settings that differ between machines, and secrets. `.env.example` documents every variable. */

/** This file is one level below the package root, both as source and as build output. */
const PACKAGE_DIR = fileURLToPath(new URL('..', import.meta.url));

const port = z.coerce.number().int().min(1).max(65_535);
const secret = z.string().min(16, 'at least 16 characters');

/** URLs of ICE servers (RFC 7064, RFC 7065), separated by commas. @param scheme as a regular expression */
function iceUrls(scheme: string) {
  const url = new RegExp(
    `^${scheme}:(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(?::\\d{1,5})?(?:\\?transport=(?:udp|tcp))?$`,
  );
  return z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((part) => part.trim() || []))
    .refine(
      (urls) => urls.every((each) => url.test(each)),
      `URLs such as ${scheme.replace('s?', '')}:pbx.example:3478, separated by commas`,
    );
}

/** `NAME:FILE:SCOPE+SCOPE`, separated by commas. */
const TOKEN_FILE = /^([\w.-]+):(\/.+):([a-z]+:[a-z]+(?:\+[a-z]+:[a-z]+)*)$/;

const tokenFiles = z
  .string()
  .default('')
  .transform((text, context): TokenFile[] =>
    text.split(/,(?=[\w.-]+:\/)/).flatMap((part) => {
      if (part.trim() === '') return [];
      const [, name = '', file = '', given = ''] = TOKEN_FILE.exec(part.trim()) ?? [];
      const known = z.array(z.enum(scopes)).safeParse(given.split('+'));
      if (known.success) return [{ name, file, scopes: known.data }];
      context.addIssue({ code: 'custom', message: 'NAME:FILE:SCOPE+SCOPE with an absolute path, separated by commas' });
      return [];
    }),
  );

const variables = z.object({
  HTTP_HOST: z.string().default('127.0.0.1'),
  HTTP_PORT: port.default(8080),
  PEER_URL: z.url({ protocol: /^https?$/ }).optional(),
  STANDBY_PORT: port.optional(),
  NODE: z
    .string()
    .regex(/^(?!company$)[a-z][a-z0-9-]{0,30}$/, 'lower-case letters, digits and hyphens, not company, such as b')
    .default(MAIN_NODE),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  OUTSIDE_URL: z.url({ protocol: /^https?$/ }).optional(),
  SIP_SERVER: z
    .string()
    .regex(/^[A-Za-z0-9.:[\]-]+$/, 'a host name or an address, without a port')
    .optional(),
  SIP_PORT: port.default(5060),
  SIP_FRONT: sipAddress.optional(),
  TLS_DIR: z.string().min(1).optional(),
  HTTPS_HOST: z.string().default('0.0.0.0'),
  HTTPS_PORT: port.default(8443),
  SIP_TLS_PORT: port.optional(),
  ACME_DIR: z.string().min(1).optional(),
  BIND_ADDRESS: z.string().default('0.0.0.0'),
  STUN_URLS: iceUrls('stuns?'),
  TURN_URLS: iceUrls('turns?'),
  TURN_SECRET: secret.optional(),
  HTTP_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
  CORDBOARD_DATA: z.string().min(1).default('data'),
  CORDBOARD_API_TOKEN: secret,
  CORDBOARD_READER_TOKEN: secret.optional(),
  TOKEN_FILES: tokenFiles,
  CORDBOARD_EXAMPLE: z.string().optional(),
  CORDBOARD_SOUNDS: z.string().optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'an address such as redis://127.0.0.1:6379' }).optional(),
  ARI_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:8088'),
  ARI_USER: z.string().min(1).default('cordboard'),
  ARI_PASSWORD: z.string().min(1),
  ARI_APP: z
    .string()
    .regex(/^[a-z0-9_-]+$/i)
    .default('cordboard'),
  WHEN_REPLACED: z.enum(['end', 'stay']).default('end'),
  AMI_HOST: z.string().default('127.0.0.1'),
  AMI_PORT: port.default(5038),
  AMI_USER: z.string().min(1).default('cordboard'),
  AMI_PASSWORD: z.string().min(1),
  AMI_CONFIG_USER: z.string().min(1).default('cordboard-config'),
  AMI_CONFIG_PASSWORD: z.string().min(1).optional(),
  TRUNK_ENDPOINT: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .default('trunk'),
  SPEECH_COMMAND: z
    .string()
    .transform((text, context): string[] => {
      const parsed = z.array(z.string().min(1)).min(1).safeParse(parseJson(text));
      if (parsed.success) return parsed.data;
      context.addIssue({
        code: 'custom',
        message: 'a JSON list of a program and its arguments, such as ["piper", "-f", "-"]',
      });
      return z.NEVER;
    })
    .optional(),
  CALL_QUALITY: z.enum(['on', 'off']).default('on'),
  MAX_CALLS: z.coerce.number().int().min(1).default(200),
  DATABASE_URL: databaseUrl.optional(),
  SQLITE_SYNCHRONOUS: z.enum(['NORMAL', 'FULL']).default('NORMAL'),
  SQLITE_DRIVER: z.enum(DRIVER_NAMES).optional(),
  BACKUP_DIR: z.string().min(1).optional(),
  BACKUP_AT: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of the day, such as 03:30')
    .optional(),
  BACKUP_KEEP: z.coerce.number().int().min(1).max(1000).default(7),
  BACKUP_PASSPHRASE_FILE: z.string().min(1).optional(),
  BACKUP_RECIPIENT: z
    .string()
    .regex(/^age1[a-z0-9]+$/, 'a public key of age, such as age1…')
    .optional(),
  SMTP_HOST: z.string().min(1).optional(),
  SMTP_PORT: port.optional(),
  SMTP_SECURITY: z.enum(['tls', 'starttls', 'none']).default('starttls'),
  SMTP_USER: z.string().min(1).optional(),
  SMTP_PASSWORD_FILE: z.string().min(1).optional(),
  SMTP_FROM: z
    .string()
    .regex(/^[^\r\n]*[^\s@]+@[^\s@]+$|^[^<>\r\n]*<[^\s@<>]+@[^\s@<>]+>$/, 'an address such as pbx@example.com')
    .optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

const environment = variables
  .refine(({ NODE, DATABASE_URL }) => NODE === MAIN_NODE || DATABASE_URL !== undefined, {
    path: ['NODE'],
    message: 'several nodes need PostgreSQL: set DATABASE_URL too, or leave NODE out (docs/scale.md)',
  })
  .refine(({ STANDBY_PORT, HTTP_PORT }) => STANDBY_PORT !== HTTP_PORT, {
    path: ['STANDBY_PORT'],
    message: 'another port than HTTP_PORT, or none',
  })
  .refine(({ TURN_URLS, TURN_SECRET }) => TURN_URLS.length === 0 || TURN_SECRET !== undefined, {
    path: ['TURN_SECRET'],
    message: 'TURN_URLS needs the secret of the TURN server',
  });

export interface Config {
  /** `outsideUrl`: for browsers and other systems. `peerUrl`: for other gateways. `proxies`: number of reverse proxies in front of the gateway. */
  http: { host: string; port: number; publicUrl: string; outsideUrl: string; peerUrl: string; proxies: number };
  /**
   * Port on which the gateway waits as a standby, and which it keeps: two gateways with the same `http.port` take turns. Undefined: `http.port`.
   */
  standbyPort: number | undefined;
  /** Name of the node, the Asterisk of `ari`, among those of the company. */
  node: string;
  /** Serves HTTPS too, and Asterisk SIP over TLS; undefined: neither. */
  tls: TlsSettings | undefined;
  /** Folder of the files of ACME challenges (RFC 8555), served over HTTP; undefined: none. */
  acmeDir: string | undefined;
  /** Address at which telephones register, as shown on pages. */
  sip: SipServer;
  /** The proxy in front of Asterisk, which phones and providers reach in its place: see docs/kamailio.md. Undefined: none. */
  sipFront: SipAddress | undefined;
  /** Asterisk itself, behind a proxy or not. */
  sipNode: { server: string; port: number };
  /** For the audio of browsers behind NAT. */
  ice: IceSettings;
  dataDir: string;
  /** Token with all scopes. */
  apiToken: string;
  /** Token that may read calls, prompts and the configuration; numbers and digits are masked. */
  readerToken: string | undefined;
  /** Tokens for programs beside the gateway. */
  tokenFiles: TokenFile[];
  /** Document applied on the first start; `none` for none. */
  example: string;
  /** Folder of the shipped sounds, `<language>/<sound>.wav`. */
  soundsDir: string;
  /** Folder of the browser files made by `npm run build`. */
  assetsDir: string;
  ari: { url: string; user: string; password: string; app: string };
  ami: { host: string; port: number; user: string; password: string };
  /** AMI user that writes queues and music; undefined: they cannot be written. */
  amiConfig: { host: string; port: number; user: string; password: string } | undefined;
  /** Behaviour when another gateway took over: exit, or `stay` idle where the supervisor would restart the process. */
  whenReplaced: 'end' | 'stay';
  trunkEndpoint: string;
  /** Text-to-speech command; undefined: the built-in engine. */
  speechCommand: string[] | undefined;
  /** Stores how well each leg of a call was heard. */
  callQuality: boolean;
  /** Limit of concurrent calls; a further call gets a busy tone. */
  maxCalls: number;
  /** Of a PostgreSQL database; undefined: SQLite in the data folder. */
  databaseUrl: string | undefined;
  sqlite: DatabaseOptions;
  backups: BackupSettings;
  /** Mail server for alarms; undefined: none. */
  smtp: MailSettings | undefined;
  /** Redis or Valkey; it may have a password. Undefined: there is none. */
  redisUrl: string | undefined;
  logLevel: string;
  /** Webhook secrets, by the name of their variable. */
  webhookSecrets: Record<string, string>;
}

interface TlsSettings {
  /** Folder with `certificate.pem` and `key.pem`. */
  dir: string;
  https: { host: string; port: number };
  /** Of the bundled Asterisk. */
  sip: { host: string; port: number };
}

/** Port of SIP over TLS (RFC 3261). */
const SIP_TLS_PORT = 5061;

/** Path of the database. */
export function databaseFile({ dataDir }: Pick<Config, 'dataDir'>): string {
  return path.join(dataDir, 'cordboard.db');
}

/** Thrown for an invalid environment. The message lists every invalid variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** URL of the gateway for Asterisk, and by default for browsers too. */
function publicUrlOf({ PUBLIC_URL, HTTP_PORT }: z.output<typeof environment>): string {
  return (PUBLIC_URL ?? `http://127.0.0.1:${HTTP_PORT}`).replace(/\/+$/, '');
}

/** URL of the gateway for browsers: with a certificate, that of its HTTPS server. */
function outsideUrlOf(e: z.output<typeof environment>): string {
  if (e.OUTSIDE_URL !== undefined) return e.OUTSIDE_URL.replace(/\/+$/, '');
  if (e.TLS_DIR === undefined) return publicUrlOf(e);
  const host = ANY_ADDRESS.test(e.HTTPS_HOST) ? sipServerOf(e) : e.HTTPS_HOST;
  return `https://${host}:${e.HTTPS_PORT}`;
}

function tlsOf(e: z.output<typeof environment>): TlsSettings | undefined {
  if (e.TLS_DIR === undefined) return undefined;
  const asterisk = ANY_ADDRESS.test(e.BIND_ADDRESS) ? new URL(e.ARI_URL).hostname : e.BIND_ADDRESS;
  return {
    dir: path.resolve(e.TLS_DIR),
    https: { host: e.HTTPS_HOST, port: e.HTTPS_PORT },
    sip: { host: asterisk.replace(/^\[|\]$/g, ''), port: e.SIP_TLS_PORT ?? SIP_TLS_PORT },
  };
}

const ANY_ADDRESS = /^(0\.0\.0\.0|\[?::\]?)$/;

/** A host in URLs at which this machine reaches a server that listens at this one. */
function localHostOf(host: string): string {
  return ANY_ADDRESS.test(host) ? '127.0.0.1' : urlHost(host);
}

/** Asterisk's address for telephones; for a local Asterisk the machine's address in the local network. */
function sipServerOf(e: z.output<typeof environment>): string {
  if (e.SIP_SERVER !== undefined) return e.SIP_SERVER;
  if (!ANY_ADDRESS.test(e.BIND_ADDRESS)) return e.BIND_ADDRESS;
  const hosts = [e.ARI_URL, e.OUTSIDE_URL ?? publicUrlOf(e)].map((url) => new URL(url).hostname);
  return hosts.find((host) => !isLoopback(host)) ?? lanAddress() ?? '127.0.0.1';
}

export function readConfig(env: Record<string, string | undefined>): Config {
  // Compose files pass unset variables as empty ones.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path: [name], message }) => `  ${String(name)}: ${message}`);
    throw new ConfigError(
      `These environment variables are missing or invalid (see .env.example):\n${problems.join('\n')}`,
    );
  }
  const e = parsed.data;
  return {
    http: {
      host: e.HTTP_HOST,
      port: e.HTTP_PORT,
      publicUrl: publicUrlOf(e),
      outsideUrl: outsideUrlOf(e),
      peerUrl: e.PEER_URL ?? `http://${localHostOf(e.HTTP_HOST)}:${e.HTTP_PORT}`,
      proxies: e.HTTP_PROXIES,
    },
    standbyPort: e.STANDBY_PORT,
    node: e.NODE,
    tls: tlsOf(e),
    acmeDir: e.ACME_DIR === undefined ? undefined : path.resolve(e.ACME_DIR),
    sip: {
      server: e.SIP_SERVER ?? e.SIP_FRONT?.host ?? sipServerOf(e),
      port: e.SIP_FRONT?.port ?? e.SIP_PORT,
      tlsPort: tlsOf(e)?.sip.port ?? e.SIP_TLS_PORT,
    },
    sipFront: e.SIP_FRONT,
    sipNode: {
      server: ANY_ADDRESS.test(e.BIND_ADDRESS) ? new URL(e.ARI_URL).hostname : e.BIND_ADDRESS,
      port: e.SIP_PORT,
    },
    ice: { stunUrls: e.STUN_URLS, turnUrls: e.TURN_URLS, turnSecret: e.TURN_SECRET },
    dataDir: path.resolve(e.CORDBOARD_DATA),
    apiToken: e.CORDBOARD_API_TOKEN,
    readerToken: e.CORDBOARD_READER_TOKEN,
    tokenFiles: e.TOKEN_FILES,
    example: e.CORDBOARD_EXAMPLE ?? path.join(PACKAGE_DIR, 'examples/company.yaml'),
    soundsDir: path.resolve(e.CORDBOARD_SOUNDS ?? path.join(PACKAGE_DIR, 'sounds')),
    assetsDir: path.join(PACKAGE_DIR, 'dist/assets'),
    ari: { url: e.ARI_URL, user: e.ARI_USER, password: e.ARI_PASSWORD, app: e.ARI_APP },
    ami: { host: e.AMI_HOST, port: e.AMI_PORT, user: e.AMI_USER, password: e.AMI_PASSWORD },
    amiConfig:
      e.AMI_CONFIG_PASSWORD === undefined
        ? undefined
        : { host: e.AMI_HOST, port: e.AMI_PORT, user: e.AMI_CONFIG_USER, password: e.AMI_CONFIG_PASSWORD },
    whenReplaced: e.WHEN_REPLACED,
    trunkEndpoint: e.TRUNK_ENDPOINT,
    speechCommand: e.SPEECH_COMMAND,
    callQuality: e.CALL_QUALITY === 'on',
    maxCalls: e.MAX_CALLS,
    databaseUrl: e.DATABASE_URL,
    sqlite: { synchronous: e.SQLITE_SYNCHRONOUS, driver: e.SQLITE_DRIVER },
    backups: backupSettings(e),
    smtp: smtpSettings(e),
    redisUrl: e.REDIS_URL,
    logLevel: e.LOG_LEVEL,
    webhookSecrets: Object.fromEntries(
      Object.entries(given).flatMap(([name, value]) =>
        SECRET_NAME.test(name) && value !== undefined ? [[name, value]] : [],
      ),
    ),
  };
}

function backupSettings(e: z.output<typeof environment>): BackupSettings {
  const { BACKUP_DIR, BACKUP_AT, BACKUP_KEEP, BACKUP_PASSPHRASE_FILE, BACKUP_RECIPIENT } = e;
  if (BACKUP_AT !== undefined && e.DATABASE_URL !== undefined)
    throw new ConfigError(
      'BACKUP_AT makes backups of SQLite only: remove it, and back up the PostgreSQL of DATABASE_URL with pg_dump (see docs/databases.md).',
    );
  if (BACKUP_PASSPHRASE_FILE !== undefined && BACKUP_RECIPIENT !== undefined)
    throw new ConfigError('Set one of BACKUP_PASSPHRASE_FILE and BACKUP_RECIPIENT, not both (see .env.example).');
  return {
    folder: path.resolve(BACKUP_DIR ?? path.join(e.CORDBOARD_DATA, 'backups')),
    at: BACKUP_AT,
    keep: BACKUP_KEEP,
    encryption: encryptionOf(BACKUP_PASSPHRASE_FILE, BACKUP_RECIPIENT),
  };
}

const SMTP_PORTS = { tls: 465, starttls: 587, none: 25 };

function smtpSettings(e: z.output<typeof environment>): MailSettings | undefined {
  const { SMTP_HOST: host, SMTP_SECURITY: security, SMTP_USER: user, SMTP_PASSWORD_FILE: file, SMTP_FROM: from } = e;
  if (host === undefined) return undefined;
  if ((user === undefined) !== (file === undefined))
    throw new ConfigError('Set both SMTP_USER and SMTP_PASSWORD_FILE, or neither (see .env.example).');
  if (from === undefined) throw new ConfigError('SMTP_HOST needs SMTP_FROM, the sender of mails (see .env.example).');
  const port = e.SMTP_PORT ?? SMTP_PORTS[security];
  return { host, port, security, user, passwordFile: file === undefined ? undefined : path.resolve(file), from };
}

function encryptionOf(passphraseFile: string | undefined, recipient: string | undefined): BackupSettings['encryption'] {
  if (passphraseFile !== undefined) return { passphraseFile: path.resolve(passphraseFile) };
  return recipient === undefined ? undefined : { recipient };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
