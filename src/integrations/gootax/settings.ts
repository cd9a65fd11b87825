import { sipSocketUrl } from '../../webphone/schema.js';
import { digitsOf, formatNumber } from '../../directory/numbers.js';
import type { Scope } from '../../http/route.js';
import { defaultPopUrl } from './schema.js';
import type { Company } from '../../company/company.js';

/** The values for the dispatch's forms (Настройки → Внешние АТС), under the labels of those forms. */

export const providers = ['runtel', 'common', 'custom'] as const;
export type Provider = (typeof providers)[number];

/** The kind of a field; pages explain it in their language. */
type FieldKind =
  'provider' | 'name' | 'tick' | 'wss_url' | 'base_url' | 'token' | 'url' | 'url_with_token' | 'call_url' | 'pop_url';

interface SettingsField {
  kind: FieldKind;
  /** The label in the form. */
  label: string;
  /** The value to copy; null for a token that cannot be shown. */
  value: string | null;
  /** The token in the value. */
  token?: { name: string; exists: boolean };
}

interface SettingsForm {
  for: Provider;
  fields: SettingsField[];
}

export interface DispatchSettings {
  forms: SettingsForm[];
  /** Справочники → Телефонная линия. */
  lines: { number: string; branch: string | null; tariff: string | null }[];
  /** Profile of an employee, Внешние АТС: the login. The password is shown once, when it is created. */
  operators: { name: string; login: string | null; webrtc: boolean }[];
}

/** The dispatch's tokens and their scopes. */
export const dispatchTokens = {
  'runtel-integration': [
    'dispatch:notify',
    'dispatch:connect',
    'lines:read',
    'calls:read',
    'calls:control',
    'numbers:read',
    'recordings:read',
    'operators:read',
  ],
  'gootax-voice': ['dispatch:notify'],
  'gootax-integration': ['dispatch:connect', 'lines:read'],
  'gootax-custom': ['dispatch:notify', 'dispatch:connect'],
} as const satisfies Record<string, readonly Scope[]>;

export type TokenName = keyof typeof dispatchTokens;

export function tokensOf(provider: Provider): TokenName[] {
  return { runtel: ['runtel-integration'], common: ['gootax-voice', 'gootax-integration'], custom: ['gootax-custom'] }[
    provider
  ] as TokenName[];
}

interface SettingsParts {
  company: Pick<Company, 'country' | 'lines' | 'operators' | 'handsets' | 'gootax'>;
  /** The gateway's public address, without a trailing slash. */
  url: string;
  /** Whether the token exists. */
  exists: (name: TokenName) => boolean;
  /** Tokens created in this request; only now they can be shown. */
  made?: Partial<Record<TokenName, string>>;
}

export function dispatchSettings(wanted: readonly Provider[], parts: SettingsParts): DispatchSettings {
  const { lines, operators, handsets, gootax, country } = parts.company;
  const numbers = gootax?.pop.numbers ?? 'digits';
  // In the notation of the screen pop, so that the dispatch recognizes its line.
  const written = (number: string) =>
    numbers === 'digits' ? digitsOf(number) : formatNumber(number, numbers, country);
  return {
    forms: wanted.map((provider) => ({ for: provider, fields: FORMS[provider](parts) })),
    lines: lines.map(({ number, branch = null, tariff = null }) => ({ number: written(number), branch, tariff })),
    operators: operators.map(({ name, handset }) => ({
      name,
      login: handset ?? null,
      webrtc: handsets.some((one) => one.name === handset && one.webrtc),
    })),
  };
}

const FORMS: Record<Provider, (parts: SettingsParts) => SettingsField[]> = {
  runtel: (parts) => [
    ...head('Runtel new', 'Runtel'),
    { kind: 'wss_url', label: 'Wss url', value: sipSocketUrl(parts.url) },
    { kind: 'base_url', label: 'Base Url', value: `${parts.url}/integration/runtel` },
    token('Интеграционный токен', 'runtel-integration', parts),
  ],
  common: (parts) => [
    ...head('Common ATS', 'Cordboard'),
    token('Токен для модуля «Голосовой информатор»', 'gootax-voice', parts),
    token('Интеграционный токен', 'gootax-integration', parts),
    { kind: 'url', label: 'URL', value: `${parts.url}/integration/gootax` },
    { kind: 'tick', label: 'Use WebRTC', value: '✓' },
    { kind: 'wss_url', label: 'Адрес сервера WebRTC', value: sipSocketUrl(parts.url) },
  ],
  custom: (parts) => [
    ...head('Custom ATS', 'Cordboard'),
    urlWithToken('URL', 'gootax-custom', parts),
    { kind: 'call_url', label: 'Call Url', value: `${parts.url}/click-to-call?number=` },
    { kind: 'pop_url', label: 'external-incoming-call', value: popPattern(parts.company.gootax) },
  ],
};

function head(provider: string, name: string): SettingsField[] {
  return [
    { kind: 'provider', label: 'Провайдер АТС', value: provider },
    { kind: 'name', label: 'Имя интеграции', value: name },
    { kind: 'tick', label: 'Активный', value: '✓' },
  ];
}

function token(label: string, name: TokenName, { exists, made }: SettingsParts): SettingsField {
  return { kind: 'token', label, value: made?.[name] ?? null, token: { name, exists: exists(name) } };
}

/** This form has no field for a token, so the address contains it. */
function urlWithToken(label: string, name: TokenName, { url, exists, made }: SettingsParts): SettingsField {
  const secret = made?.[name];
  const value = secret === undefined ? null : `${url}/integration/key/${secret}`;
  return { kind: 'url_with_token', label, value, token: { name, exists: exists(name) } };
}

/** The link that a softphone opens; the gateway's own pages open it automatically. */
function popPattern(gootax: Company['gootax']): string {
  const url = gootax?.pop.url ?? defaultPopUrl;
  return gootax === undefined ? url : url.replaceAll('{domain}', gootax.domain);
}
