import { compact } from '../lib/compact.js';
import type { Language } from '../lib/language.js';
import {
  grandstreamAccount,
  grandstreamText,
  xml,
  yealinkAccount,
  yealinkText,
  type PhoneAccount,
  type PhoneSettings,
} from './phone-files.js';
import type { ZoneRules } from './phone-time-zone.js';

/** What a desk phone is told. */
export interface DeskPhone {
  account: PhoneAccount;
  language: Language;
  zone: ZoneRules | undefined;
  /** Where it fetches this again, with a `/` at the end. */
  url: string;
  login: { user: string; password: string };
  /** After the key of its line. */
  keys: PhoneKey[];
}

/** `lamp`: shows the state of a handset or queue and calls it; `code`: is sent as keys in a talk. */
export interface PhoneKey {
  kind: 'lamp' | 'code';
  label: string;
  value: string;
}

/** One maker's phones: how they ask, and what they get. */
export interface DeskPhoneMaker {
  /** What their User-Agent begins with or contains. */
  userAgent: RegExp;
  /** The file with all settings; its group is the MAC address. */
  file: RegExp;
  contentType: string;
  write: (phone: DeskPhone) => string;
  /** A file without secrets that refers to that one. */
  index?: { file: RegExp; write: (url: string, mac: string) => string };
}

const XML = 'application/xml; charset=utf-8';
const NTP_SERVER = 'pool.ntp.org';
const DAY_MIN = 1440;

/**
 * Names of files and user agents: `plugins/wazo_yealink/common/common.py`, `plugins/wazo_grandstream/common/common.py` and
 * `plugins/wazo_snom/common/common.py` of https://github.com/wazo-platform/wazo-provd-plugins. No phone was tried.
 */
export const deskPhoneMakers: readonly DeskPhoneMaker[] = [
  {
    userAgent: /^yealink\b/i,
    file: /^([0-9a-f]{12})\.cfg$/i,
    contentType: 'text/plain; charset=utf-8',
    write: (phone) => yealinkText(yealinkSettings(phone)),
  },
  {
    userAgent: /^Grandstream\b/,
    file: /^cfg([0-9a-f]{12})\.xml$/i,
    contentType: XML,
    write: (phone) => grandstreamText(grandstreamSettings(phone)),
  },
  {
    userAgent: /\bsnom\w+-SIP\b/,
    file: /^([0-9a-f]{12})\.xml$/i,
    contentType: XML,
    write: snomFile,
    index: { file: /^snom\w+-([0-9a-f]{12})\.htm$/i, write: snomIndex },
  },
];

/**
 * Keys: `resources/templates/provision/yealink/t54w` of https://github.com/fusionpbx/fusionpbx (address and login, NTP), `v81/templates/base.tpl`
 * and `common.py` of Wazo's plugin (language, codecs, DTMF, time zone with summer time, lamps), and `app/devices/app_config.php` of FusionPBX
 * (11: keys in a talk). The names of languages other than English and Russian are not confirmed, so they stay as they are.
 */
function yealinkSettings({ account, language, zone, url, login, keys }: DeskPhone): PhoneSettings {
  const named: Partial<Record<Language, string>> = { en: 'English', ru: 'Russian' };
  const name = named[language];
  return {
    ...yealinkAccount(account),
    'account.1.dtmf.type': 1,
    'account.1.codec.pcma.enable': 1,
    'account.1.codec.pcma.priority': 1,
    'account.1.codec.pcmu.enable': 1,
    'account.1.codec.pcmu.priority': 2,
    'account.1.codec.g722.enable': 0,
    'account.1.codec.g729.enable': 0,
    'lang.gui': name,
    'lang.wui': name,
    'local_time.ntp_server1': NTP_SERVER,
    ...yealinkZone(zone),
    'static.auto_provision.server.url': url,
    'static.auto_provision.server.username': login.user,
    'static.auto_provision.server.password': login.password,
    'static.auto_provision.power_on': 1,
    'static.auto_provision.repeat.enable': 1,
    'static.auto_provision.repeat.minutes': DAY_MIN,
    'linekey.1.type': 15,
    'linekey.1.line': 1,
    ...numbered(keys, 2, (number, { kind, label, value }) => ({
      [`linekey.${number}.type`]: kind === 'lamp' ? 16 : 11,
      [`linekey.${number}.line`]: 1,
      [`linekey.${number}.value`]: value,
      [`linekey.${number}.label`]: label,
    })),
  };
}

/** Month, week (5: the last), weekday (7: Sunday) and hour of each change. */
function yealinkZone(rules: ZoneRules | undefined): PhoneSettings {
  if (rules === undefined) return {};
  const { offsetH, hasSummerTime } = rules;
  const zone = `${offsetH < 0 ? '' : '+'}${offsetH}`;
  if (!hasSummerTime) return { 'local_time.time_zone': zone, 'local_time.summer_time': 0 };
  return {
    'local_time.time_zone': zone,
    'local_time.summer_time': 1,
    'local_time.dst_time_type': 1,
    'local_time.start_time': `3/5/7/${offsetH + 1}`,
    'local_time.end_time': `10/5/7/${offsetH + 2}`,
    'local_time.offset_time': 60,
  };
}

/**
 * P values and their meaning: `resources/templates/provision/grandstream/grp26xx` of https://github.com/fusionpbx/fusionpbx, whose comments
 * are Grandstream's own. Modes of keys by their names, which GRP26xx take beside numbers.
 */
function grandstreamSettings({ account, language, zone, url, login, keys }: DeskPhone): PhoneSettings {
  const { protocol, host, pathname } = new URL(url);
  const languages: Record<Language, string> = { cs: 'cz', ru: 'ru', en: 'en' };
  return {
    ...grandstreamAccount(account),
    // Codecs, best first: PCMA, PCMU.
    P57: 8,
    P58: 0,
    P1362: languages[language],
    P30: NTP_SERVER,
    P64: zone && 'customize',
    P246: zone && posixZone(zone),
    // Where the configuration comes from, the login there, and once a day.
    P212: protocol === 'https:' ? 2 : 1,
    P237: `${host}${pathname.replace(/\/$/, '')}`,
    P1360: login.user,
    P1361: login.password,
    P194: 2,
    P285: 3,
    ...numbered(keys, 2, (number, { kind, label, value }) => {
      const [mode, of, text, dialled] = grandstreamKey(number);
      return { [mode]: kind === 'lamp' ? 'blf' : 'dialdtmf', [of]: 0, [text]: label, [dialled]: value };
    }),
  };
}

/** P values of the mode, account, label and value of a key: six in pairs, the others in fours. */
function grandstreamKey(number: number): [string, string, string, string] {
  const base = number <= 6 ? 1363 + (number - 1) * 2 : 23_800 + (number - 7) * 4;
  const text = number <= 6 ? base + 102 : base + 2;
  return [`P${base}`, `P${base + 1}`, `P${text}`, `P${text + 1}`];
}

/** As in the template: `CET-1CEST-2,M3.5.0/02:00:00,M10.5.0/03:00:00`. */
function posixZone({ offsetH, hasSummerTime }: ZoneRules): string {
  const behind = (hours: number) => `${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
  const at = (hour: number) => `${String(hour).padStart(2, '0')}:00:00`;
  const winter = `STD${behind(offsetH)}`;
  if (!hasSummerTime) return winter;
  return `${winter}DST${behind(offsetH + 1)},M3.5.0/${at(offsetH + 1)},M10.5.0/${at(offsetH + 2)}`;
}

/**
 * Elements: `plugins/wazo_snom/common/templates/base.tpl` of Wazo, `resources/templates/provision/snom/D785` of FusionPBX (address, login and
 * refresh). Names of languages: Gemeinschaft (https://github.com/amooma/Gemeinschaft). Of time zones only that of Central Europe is confirmed.
 */
function snomFile({ account, language, zone, url, login, keys }: DeskPhone): string {
  const { server, port, transport, srtp, user, password, displayName } = account;
  const languages: Record<Language, string> = { cs: 'Cestina', ru: 'Russian', en: 'English' };
  const general: PhoneSettings = {
    language: languages[language],
    web_language: languages[language],
    ntp_server: NTP_SERVER,
    timezone: zone?.offsetH === 1 && zone.hasSummerTime ? 'GER+1' : undefined,
    setting_server: url,
    http_client_user: login.user,
    http_client_pass: login.password,
    settings_refresh_timer: DAY_MIN * 60,
  };
  const line: PhoneSettings = {
    user_active: 'on',
    user_host: server,
    user_outbound: `${server}:${port};transport=${transport}`,
    user_name: user,
    user_pname: user,
    user_pass: password,
    user_realname: displayName,
    user_idle_text: displayName,
    user_srtp: srtp === 'off' ? 'off' : 'on',
    user_savp: { off: 'off', wanted: 'optional', required: 'mandatory' }[srtp],
    user_dtmf_info: 'off',
    codec_priority_list: 'pcma,pcmu,telephone-event',
  };
  const elements = [
    ...Object.entries(compact(general)).map(
      ([name, value]) => `    <${name} perm="RW">${xml(String(value))}</${name}>`,
    ),
    ...Object.entries(line).map(([name, value]) => `    <${name} idx="1" perm="RW">${xml(String(value))}</${name}>`),
  ];
  const all = [{ kind: 'line', label: '', value: '' }, ...keys].map(
    ({ kind, label, value }, index) =>
      `    <fkey idx="${index}" context="active" label="${xml(label)}" perm="RW">${xml(snomKey(kind, value))}</fkey>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<settings>
  <phone-settings>
${elements.join('\n')}
  </phone-settings>
  <functionKeys>
${all.join('\n')}
  </functionKeys>
</settings>
`;
}

function snomKey(kind: string, value: string): string {
  if (kind === 'line') return 'line';
  return kind === 'lamp' ? `blf ${value}` : `dtmf ${value}`;
}

function snomIndex(url: string, mac: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<setting-files>
  <file url="${xml(`${url}${mac.toUpperCase()}.xml`)}"/>
</setting-files>
`;
}

function numbered(
  keys: readonly PhoneKey[],
  first: number,
  write: (number: number, key: PhoneKey) => PhoneSettings,
): PhoneSettings {
  return Object.assign({}, ...keys.map((key, index) => write(first + index, key))) as PhoneSettings;
}
