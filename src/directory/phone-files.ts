/** An account as it is entered into a phone. */
export interface PhoneAccount {
  server: string;
  port: number;
  user: string;
  password: string;
  displayName: string;
}

interface PhoneFile {
  /** The end of its address. */
  name: string;
  contentType: string;
  /** Names that phones ask for below a given address, with their MAC address. */
  ownNames?: RegExp;
  write: (account: PhoneAccount) => string;
}

/** Files with which phones configure themselves, by maker. All use SIP over UDP. */
export const phoneFiles = {
  /** Remote provisioning of Linphone: the app downloads it from an address or a QR code. */
  linphone: { name: 'linphone.xml', contentType: 'application/xml; charset=utf-8', write: linphoneFile },
  /** Auto provisioning of Yealink. */
  yealink: { name: 'yealink.cfg', contentType: 'text/plain; charset=utf-8', write: yealinkFile },
  /** XML provisioning of Grandstream. The phone is given the folder, and asks for `cfg<MAC>.xml`, then for `cfg.xml`. */
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

function linphoneFile({ server, port, user, password, displayName }: PhoneAccount): string {
  const sections = {
    proxy_0: {
      reg_proxy: `<sip:${server}:${port};transport=udp>`,
      reg_identity: `"${oneLine(displayName).replace(/["\\]/g, '')}" <sip:${user}@${server}>`,
      reg_sendregister: 1,
      reg_expires: EXPIRES_S,
    },
    auth_info_0: { username: user, userid: user, passwd: password, domain: server },
    sip: { default_proxy: 0 },
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

function yealinkFile({ server, port, user, password, displayName }: PhoneAccount): string {
  const settings = {
    enable: 1,
    label: oneLine(displayName),
    display_name: oneLine(displayName),
    auth_name: user,
    user_name: user,
    password,
    'sip_server.1.address': server,
    'sip_server.1.port': port,
    'sip_server.1.transport_type': 0,
    'sip_server.1.expires': EXPIRES_S,
  };
  const lines = Object.entries(settings).map(([name, value]) => `account.1.${name} = ${value}\n`);
  return `#!version:1.0.0.1\n${lines.join('')}`;
}

/** P values of the first account of GXP, GRP and HT devices. */
function grandstreamFile({ server, port, user, password, displayName }: PhoneAccount): string {
  const values = {
    /** Account active. */
    P271: 1,
    P270: displayName,
    /** SIP server, user, authentication name, password, display name. */
    P47: `${server}:${port}`,
    P35: user,
    P36: user,
    P34: password,
    P3: displayName,
    /** Transport: UDP. */
    P130: 0,
    /** Registration, and its interval in minutes. */
    P31: 1,
    P32: EXPIRES_S / 60,
  };
  const lines = Object.entries(values).map(([name, value]) => `    <${name}>${xml(String(value))}</${name}>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<gs_provision version="1">
  <config version="1">
${lines.join('')}  </config>
</gs_provision>
`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function xml(text: string): string {
  return oneLine(text).replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}
