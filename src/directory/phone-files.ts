import { compact } from '../lib/compact.js';
import type { PhoneConnection } from './phone-encryption.js';

/** An account as it is entered into a phone. */
export interface PhoneAccount extends PhoneConnection {
  user: string;
  password: string;
  displayName: string;
}

/** By the names of the phone's maker; what is undefined is left out. */
export type PhoneSettings = Record<string, string | number | undefined>;

interface PhoneFile {
  /** The end of its address. */
  name: string;
  contentType: string;
  /** Names with their MAC address that phones ask for in the folder that they are given. */
  ownNames?: RegExp;
  write: (account: PhoneAccount) => string;
}

/**
 * Files with which phones configure themselves, by maker. Their keys are compared with public sources, which the
 * function of each file names; no phone was tried.
 */
export const phoneFiles = {
  linphone: { name: 'linphone.xml', contentType: 'application/xml; charset=utf-8', write: linphoneFile },
  yealink: {
    name: 'yealink.cfg',
    contentType: 'text/plain; charset=utf-8',
    ownNames: /^[0-9a-f]{12}\.cfg$/i,
    write: yealinkFile,
  },
  grandstream: {
    name: 'cfg.xml',
    contentType: 'application/xml; charset=utf-8',
    ownNames: /^cfg[0-9a-f]{12}\.xml$/i,
    write: grandstreamFile,
  },
} satisfies Record<string, PhoneFile> as Record<PhoneMaker, PhoneFile>;

export type PhoneMaker = 'linphone' | 'yealink' | 'grandstream';

/** Seconds between registrations. */
const EXPIRES_S = 600;

/**
 * Remote provisioning of Linphone: the app downloads the file from an address or a QR code.
 *
 * - Elements and `overwrite`: `coreapi/xml2lpc.c` of https://github.com/BelledonneCommunications/liblinphone, and the app's own
 *   `assistant_linphone_default_values` (https://github.com/BelledonneCommunications/linphone-android).
 * - `proxy_0`: https://download.linphone.org/snapshots/docs/liblinphone/latest/cs/provisioning_configuration_key.html
 * - `auth_info_0`: `src/auth-info/auth-info.cpp`; `default_proxy`, `media_encryption` and `media_encryption_mandatory`:
 *   `coreapi/linphonecore.c`, both of liblinphone.
 */
function linphoneFile({ server, port, transport, srtp, user, password, displayName }: PhoneAccount): string {
  const sections = {
    proxy_0: {
      reg_proxy: `<sip:${server}:${port};transport=${transport}>`,
      reg_identity: `"${oneLine(displayName).replace(/["\\]/g, '')}" <sip:${user}@${server}>`,
      reg_sendregister: 1,
      reg_expires: EXPIRES_S,
    },
    auth_info_0: { username: user, userid: user, passwd: password, domain: server },
    sip: {
      default_proxy: 0,
      media_encryption: srtp === 'off' ? 'none' : 'srtp',
      media_encryption_mandatory: srtp === 'required' ? 1 : 0,
    },
  };
  const entries = (section: Record<string, string | number>) =>
    Object.entries(section).map(
      ([name, value]) => `    <entry name="${name}" overwrite="true">${xml(String(value))}</entry>\n`,
    );
  const body = Object.entries(sections).map(
    ([name, section]) => `  <section name="${name}">\n${entries(section).join('')}  </section>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<config xmlns="http://www.linphone.org/xsds/lpconfig.xsd" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.linphone.org/xsds/lpconfig.xsd lpconfig.xsd">
${body.join('')}</config>
`;
}

/**
 * Auto provisioning of Yealink. The phone is given a folder, and asks in it for `<MAC>.cfg` after files for all phones, which may be
 * missing (`plugins/wazo_yealink` of https://github.com/wazo-platform/wazo-provd-plugins).
 *
 * Keys, `transport_type` 0 for UDP and 2 for TLS, `srtp_encryption` 1 for optional and 2 for compulsory: `resources/templates/provision/yealink/t54w` of https://github.com/fusionpbx/fusionpbx. Old firmware
 * has other names for the server (`sip_server_host`, template `t31g`).
 */
function yealinkFile(account: PhoneAccount): string {
  return yealinkText(yealinkAccount(account));
}

/** The settings of the account, by their names. */
export function yealinkAccount(account: PhoneAccount): PhoneSettings {
  const { server, port, transport, srtp, user, password, displayName } = account;
  return {
    'account.1.enable': 1,
    'account.1.label': displayName,
    'account.1.display_name': displayName,
    'account.1.auth_name': user,
    'account.1.user_name': user,
    'account.1.password': password,
    'account.1.sip_server.1.address': server,
    'account.1.sip_server.1.port': port,
    'account.1.sip_server.1.transport_type': transport === 'tls' ? 2 : 0,
    'account.1.srtp_encryption': { off: 0, wanted: 1, required: 2 }[srtp],
    'account.1.sip_server.1.expires': EXPIRES_S,
  };
}

export function yealinkText(settings: PhoneSettings): string {
  const lines = Object.entries(compact(settings)).map(([name, value]) => `${name} = ${oneLine(String(value))}\n`);
  return `#!version:1.0.0.1\n${lines.join('')}`;
}

/**
 * XML provisioning of Grandstream: P values of the first account of GXP, GRP and HT devices. The phone is given a folder, and asks in it
 * for `cfg<MAC>.xml`, then for `cfg.xml`.
 *
 * - Files and their order: https://documentation.grandstream.com/knowledge-base/sip-device-provisioning-guide/
 * - P values, with their meaning as Grandstream's templates give it: `resources/templates/provision/grandstream/grp26xx` and `…/ht802` of
 *   https://github.com/fusionpbx/fusionpbx, and `plugins/wazo-grandstream` of https://github.com/wazo-platform/wazo-provd-plugins
 */
function grandstreamFile(account: PhoneAccount): string {
  return grandstreamText(grandstreamAccount(account));
}

/** The P values of the account. */
export function grandstreamAccount(account: PhoneAccount): PhoneSettings {
  const { server, port, transport, srtp, user, password, displayName } = account;
  return {
    /** Account active, and its name. */
    P271: 1,
    P270: displayName,
    /** SIP server, user, authentication name, password, display name. */
    P47: `${server}:${port}`,
    P35: user,
    P36: user,
    P34: password,
    P3: displayName,
    /** Transport: UDP, or TLS with `sip:` addresses. */
    P130: transport === 'tls' ? 2 : 0,
    P2329: 0,
    /** SRTP: none, not forced, forced. */
    P183: { off: 0, wanted: 1, required: 2 }[srtp],
    /** Registration, and its interval in minutes. */
    P31: 1,
    P32: EXPIRES_S / 60,
  };
}

export function grandstreamText(values: PhoneSettings): string {
  const lines = Object.entries(compact(values)).map(
    ([name, value]) => `    <${name}>${xml(String(value))}</${name}>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<gs_provision version="1">
  <config version="1">
${lines.join('')}  </config>
</gs_provision>
`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function xml(text: string): string {
  return oneLine(text).replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}
