import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import path from 'node:path';
import type { TestAsterisk } from '../support/asterisk.js';

/** Passwords of the company's telephones. */
export const PHONES = { '101': 'the-password-of-101', '102': 'the-password-of-102' } as const;
/** Numbers of the company: one that its own dialplan answers, one that it gives to the gateway. */
export const OWN_NUMBER = '420222333000';
export const LINE = '420222333444';

const phone = (name: string, password: string) => `
[${name}]
type=endpoint
context=from-internal
disallow=all
allow=alaw,ulaw
aors=${name}
auth=${name}-auth
direct_media=no
send_pai=yes
callerid=Extension ${name} <${name}>
[${name}-auth]
type=auth
auth_type=userpass
username=${name}
password=${password}
[${name}]
type=aor
max_contacts=1
remove_existing=yes
`;

/** A company's own Asterisk in the style of FreePBX: generated files, and `*_custom.conf` for additions of the owner. */
const FILES = ({ sipPort, ariPort, amiPort }: TestAsterisk): Record<string, string> => ({
  'http.conf': `[general]\nenabled=yes\nbindaddr=127.0.0.1\nbindport=${ariPort}\n#include http_custom.conf\n`,
  'ari.conf': '[general]\nenabled=yes\n#include ari_additional.conf\n#include ari_additional_custom.conf\n',
  'ari_additional.conf': '[freepbxuser]\ntype=user\npassword=a-password-of-freepbx\nread_only=yes\n',
  'manager.conf': `[general]\nenabled=yes\nbindaddr=127.0.0.1\nport=${amiPort}\n#include manager_additional.conf\n#include manager_custom.conf\n`,
  'manager_additional.conf': '[admin]\nsecret=a-password-of-freepbx\nread=all\nwrite=all\n',
  'extensions.conf':
    '[general]\nautofallthrough=yes\n[globals]\n#include extensions_additional.conf\n#include extensions_custom.conf\n',
  'extensions_additional.conf': `
[from-internal]
include => from-internal-custom
exten => _1XX,1,Dial(PJSIP/\${EXTEN},20)
 same => n,VoiceMail(\${EXTEN}@default,u)
exten => 600,1,Queue(support)
[from-pstn]
include => from-pstn-custom
exten => ${OWN_NUMBER},1,Dial(PJSIP/102,20)
[queue]
exten => s,1,NoOp(a context with a common name)
`,
  'pjsip.conf': `
[global]
type=global
endpoint_identifier_order=username,ip,anonymous
[transport-udp]
type=transport
protocol=udp
bind=127.0.0.1:${sipPort}
#include pjsip.endpoint.conf
#include pjsip.endpoint_custom.conf
`,
  'pjsip.endpoint.conf': `${phone('101', PHONES['101'])}${phone('102', PHONES['102'])}
[provider]
type=endpoint
context=from-pstn
identify_by=ip
aors=provider
disallow=all
allow=alaw
[provider]
type=aor
contact=sip:127.0.0.1:9
[provider]
type=identify
endpoint=provider
match=127.0.0.1
`,
  'queues.conf':
    '[general]\npersistentmembers=yes\nautofill=yes\n#include queues_custom.conf\n#include queues_additional.conf\n',
  'queues_additional.conf': '[support]\nstrategy=ringall\nmember=PJSIP/102\n',
  'voicemail.conf': '[general]\nformat=wav\n[default]\n101 => 4321,Eva\n102 => 4321,Jan\n',
  'musiconhold.conf': '[default]\nmode=files\ndirectory=/usr/share/asterisk/sounds\n#include musiconhold_custom.conf\n',
  'features.conf': '[general]\npickupexten=*8\n[applicationmap]\n#include features_applicationmap_custom.conf\n',
  'sorcery.conf': '; the sample\n',
  ...Object.fromEntries(
    [
      ...['http', 'ari_additional', 'manager', 'extensions', 'pjsip.endpoint', 'queues', 'musiconhold'],
      'features_applicationmap',
    ].map((name) => [`${name}_custom.conf`, `; additions of the owner\n`]),
  ),
});

/** Replaces the shipped configuration by the company's own; the machine's folders and modules stay. */
export async function becomeCompanyAsterisk(asterisk: TestAsterisk): Promise<string> {
  const etc = path.join(asterisk.dir, 'etc');
  const kept = ['asterisk.conf', 'rtp.conf', 'modules.conf', 'logger.conf', 'pjproject.conf', 'indications.conf'];
  const aside = path.join(asterisk.dir, 'kept');
  await mkdir(aside);
  for (const name of kept) await cp(path.join(etc, name), path.join(aside, name));
  await asterisk.kill();
  await rm(etc, { recursive: true });
  await cp(aside, etc, { recursive: true });
  for (const [name, text] of Object.entries(FILES(asterisk))) await writeFile(path.join(etc, name), text);
  const modules = path.join(etc, 'modules.conf');
  await writeFile(modules, `${await readFile(modules, 'utf8')}\nload=app_voicemail.so\n`);
  await asterisk.revive();
  return etc;
}

/** All files of the owner, by name. */
export async function ownersFiles(etc: string): Promise<Record<string, string>> {
  const names = (await readdir(etc, { withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/^(cordboard|other)-/.test(entry.name))
    .map(({ name }) => name);
  const read = await Promise.all(
    names.map(async (name) => [name, await readFile(path.join(etc, name), 'utf8')] as const),
  );
  return Object.fromEntries(read);
}

/** First byte of a text frame of a WebSocket. */
const TEXT_FRAME = 0x81;

/** ARI as Asterisk 16 has it: requests over the WebSocket are not answered. */
export async function olderAri(ariPort: number): Promise<{ url: string; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(ariPort, '127.0.0.1');
    for (const socket of [near, far]) sockets.add(socket.on('error', () => undefined));
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    far.pipe(near);
    let isWebSocket = false;
    near.on('data', (data: Buffer) => {
      if (isWebSocket && data[0] === TEXT_FRAME) return;
      isWebSocket ||= /^Upgrade: websocket/im.test(data.toString('latin1'));
      far.write(data);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
