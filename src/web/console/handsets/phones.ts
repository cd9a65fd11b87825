/** The settings of common phones, by the names of their own fields. */

export interface Account {
  server: string;
  port: number;
  user: string;
  password: string;
}

export const phoneNames = ['linphone', 'zoiper', 'microsip', 'grandstream', 'yealink', 'other'] as const;
export type PhoneName = (typeof phoneNames)[number];

type Setting = readonly [field: string, value: string];

/** @returns where to enter the settings, and what */
export function settingsFor(phone: PhoneName, { server, port, user, password }: Account): Setting[] {
  const address = port === 5060 ? server : `${server}:${port}`;
  switch (phone) {
    case 'linphone':
      return [
        ['Username', user],
        ['Password', password],
        ['Domain', address],
        ['Transport', 'UDP'],
      ];
    case 'zoiper':
      return [
        ['Username / Login', `${user}@${address}`],
        ['Password', password],
        ['Hostname / Domain', address],
      ];
    case 'microsip':
      return [
        ['SIP server', address],
        ['Username', user],
        ['Domain', address],
        ['Login', user],
        ['Password', password],
        ['Transport', 'UDP'],
      ];
    case 'grandstream':
      return [
        ['SIP Server', address],
        ['SIP User ID', user],
        ['Authenticate ID', user],
        ['Authenticate Password', password],
      ];
    case 'yealink':
      return [
        ['Register Name', user],
        ['User Name', user],
        ['Password', password],
        ['SIP Server 1: Server Host', server],
        ['SIP Server 1: Port', String(port)],
      ];
    case 'other':
      return [
        ['SIP server / domain', server],
        ['Port', String(port)],
        ['User name', user],
        ['Authentication name', user],
        ['Password', password],
        ['Transport', 'UDP / TCP'],
      ];
  }
}

/** Where the settings are in the menus of the phone. */
export const MENU_OF: Record<PhoneName, string> = {
  linphone: 'Assistant → Use SIP account',
  zoiper: 'Settings → Accounts → Add',
  microsip: 'Menu → Add Account',
  grandstream: 'Accounts → Account 1 → General Settings',
  yealink: 'Account → Register',
  other: 'SIP',
};

/** Where the address of the file with the settings is entered. */
export const FILE_MENU_OF = {
  linphone: 'Assistant → Fetch remote configuration',
  yealink: 'Settings → Auto Provision → Server URL',
  grandstream: 'Maintenance → Upgrade and Provisioning → Config Server Path',
} as const;
