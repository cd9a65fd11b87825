/**
 * The settings of common phones, by the names of their own fields:
 *
 * - Linphone 6: `Linphone/data/languages/en.ts` of https://github.com/BelledonneCommunications/linphone-desktop
 * - Zoiper 5: https://docs.mikopbx.com/mikopbx/english/faq/softphones/zoiper
 * - MicroSIP: its language pack, and https://support.telnyx.com/en/articles/6133145-microsip-setup-with-telnyx
 * - Grandstream: the comments of its template (`resources/templates/provision/grandstream/grp26xx` of https://github.com/fusionpbx/fusionpbx)
 * - Encryption: the same sources; of MicroSIP https://www.microsip.org/help, of Yealink the template `t54w` of FusionPBX
 * - Yealink: https://twistedvoip.com/knowledge-base/public/dect-handset-account-registration (the server's fields; the others are not confirmed)
 */

import type { PhoneConnection } from '../../../directory/phone-encryption.js';

export interface Account extends PhoneConnection {
  user: string;
  password: string;
}

type Encryption = PhoneConnection['srtp'];

export const phoneNames = ['linphone', 'zoiper', 'microsip', 'grandstream', 'yealink', 'other'] as const;
export type PhoneName = (typeof phoneNames)[number];

type Setting = readonly [field: string, value: string];

/** @returns where to enter the settings, and what */
export function settingsFor(phone: PhoneName, account: Account): Setting[] {
  const { server, port, transport, user, password } = account;
  const isTls = transport === 'tls';
  const address = port === (isTls ? 5061 : 5060) ? server : `${server}:${port}`;
  switch (phone) {
    case 'linphone':
      return [
        ['Username', user],
        ['Password', password],
        ['Domain', address],
        ['Transport', isTls ? 'TLS' : 'UDP'],
        ...audioSetting(account, 'Media encryption', { wanted: 'SRTP', required: 'SRTP' }),
      ];
    case 'zoiper':
      return [
        ['Login', `${user}@${address}`],
        ['Password', password],
        ['Hostname', address],
        ...(isTls ? [['Transport', 'TLS'] as const] : []),
        ...audioSetting(account, 'SRTP', { wanted: 'SDES', required: 'SDES' }),
      ];
    case 'microsip':
      return [
        ['SIP server', address],
        ['Username', user],
        ['Domain', address],
        ['Login', user],
        ['Password', password],
        ['Transport', isTls ? 'TLS' : 'UDP'],
        ...audioSetting(account, 'Media Encryption', {
          wanted: 'Optional SRTP (RTP/AVP)',
          required: 'Mandatory SRTP (RTP/SAVP)',
        }),
      ];
    case 'grandstream':
      return [
        ['SIP Server', address],
        ['SIP User ID', user],
        ['Authenticate ID', user],
        ['Authenticate Password', password],
        ...(isTls ? [['SIP Transport', 'TLS/TCP'] as const] : []),
        ...audioSetting(account, 'SRTP Mode', { wanted: 'Enabled but not forced', required: 'Enabled and forced' }),
      ];
    case 'yealink':
      return [
        ['Register Name', user],
        ['User Name', user],
        ['Password', password],
        ['SIP Server 1: Server Host', server],
        ['SIP Server 1: Port', String(port)],
        ...(isTls ? [['SIP Server 1: Transport', 'TLS'] as const] : []),
        ...audioSetting(account, 'RTP Encryption (SRTP)', { wanted: 'Optional', required: 'Compulsory' }),
      ];
    case 'other':
      return [
        ['SIP server / domain', server],
        ['Port', String(port)],
        ['User name', user],
        ['Authentication name', user],
        ['Password', password],
        ['Transport', isTls ? 'TLS' : 'UDP / TCP'],
        ...audioSetting(account, 'SRTP (SDES)', { wanted: 'optional', required: 'mandatory' }),
      ];
  }
}

/** The setting of encrypted audio, if there is something to set. */
function audioSetting({ srtp }: Account, field: string, values: Record<Exclude<Encryption, 'off'>, string>): Setting[] {
  return srtp === 'off' ? [] : [[field, values[srtp]]];
}

/** Where the settings are in the menus of the phone. */
export const MENU_OF: Record<PhoneName, string> = {
  linphone: 'Add an account → Third-party SIP account',
  zoiper: 'Settings → Accounts → Add',
  microsip: 'Menu → Add Account…',
  grandstream: 'Accounts → Account 1 → General Settings',
  yealink: 'Account → Register',
  other: 'SIP',
};

/** Phones that fetch their settings from an address. */
export const FILE_PHONES = ['linphone', 'yealink', 'grandstream'] as const;
export type FilePhone = (typeof FILE_PHONES)[number];

/** Where the address of the file with the settings is entered. */
export const FILE_MENU_OF: Record<FilePhone, string> = {
  linphone: 'Settings → Advanced → Remote provisioning',
  yealink: 'Settings → Auto Provision',
  grandstream: 'Maintenance → Upgrade and Provisioning',
};

/**
 * What is entered there. Yealink and Grandstream ask for files of their own names in a folder; Grandstream has the protocol in a field of
 * its own.
 *
 * @param url of the file
 */
export function fileSettingsFor(phone: FilePhone, url: string): Setting[] {
  const folder = url.replace(/\/[^/]*$/, '');
  switch (phone) {
    case 'linphone':
      return [['Remote provisioning URL', url]];
    case 'yealink':
      return [['Server URL', `${folder}/`]];
    case 'grandstream': {
      const { protocol } = new URL(folder);
      return [
        ['Config Upgrade Via', protocol === 'https:' ? 'HTTPS' : 'HTTP'],
        ['Config Server Path', folder.replace(/^https?:\/\//, '')],
      ];
    }
  }
}
