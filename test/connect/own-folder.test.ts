import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AsteriskNames } from '../../src/asterisk/names.js';
import { FolderFiles } from '../../src/connect/asterisk-file.js';
import { OwnFolder } from '../../src/connect/own-folder.js';

const VALUES = {
  ARI_APP: 'shop',
  ARI_USER: 'shop',
  ARI_PASSWORD: 'a'.repeat(20),
  AMI_USER: 'shop',
  AMI_PASSWORD: 'b'.repeat(20),
  AMI_CONFIG_USER: 'shop-config',
  AMI_CONFIG_PASSWORD: 'c;'.repeat(10),
  AMI_PORT: '5038',
  LEASH_S: '60',
  FALLBACK_LANGUAGE: 'cs',
  FALLBACK_WAIT_S: '600',
  FALLBACK_DIAL: 'none',
  MANAGEMENT_ADDRESS: '127.0.0.1',
};

let etc: string;
let folder: OwnFolder;
const file = (name: string) => path.join(etc, name);

beforeEach(async () => {
  etc = await mkdtemp(path.join(tmpdir(), 'cordboard-etc-'));
  await writeFile(file('extensions.conf'), '[general]\n[from-internal]\nexten => 101,1,NoOp()\n');
  await writeFile(file('sorcery.conf'), '[res_pjsip]\nendpoint=config,pjsip.conf,criteria=type=endpoint\n');
  folder = new OwnFolder(etc, new AsteriskNames('shop'));
});
afterEach(() => rm(etc, { recursive: true }));

describe("the gateway's folder", () => {
  it('has no general section, no placeholder, and every name under the prefix', async () => {
    await folder.write(VALUES);
    for (const name of ['ari', 'manager', 'extensions', 'queues', 'musiconhold', 'sorcery', 'features']) {
      const text = await readFile(file(`shop/${name}.conf`), 'utf8');
      expect(text).not.toMatch(/^\[(general|globals)\]/m);
      expect(text).not.toMatch(/@[A-Z_]+@|cordboard-/);
    }
    const manager = await new FolderFiles(etc).sections('shop/manager.conf');
    expect(manager?.map(({ name }) => name)).toEqual(['shop', 'shop-logins', 'shop-config']);
    expect(await readFile(file('shop/manager.conf'), 'utf8')).toContain('secret=c\\;c\\;');
    const dialplan = await new FolderFiles(etc).sections('shop/extensions.conf');
    expect(dialplan?.every(({ name }) => name.startsWith('shop-'))).toBe(true);
  });

  it('does not map a type of SIP account to files that the owner has mapped already', async () => {
    await folder.write(VALUES);
    await writeFile(
      file('sorcery.conf'),
      `${await readFile(file('sorcery.conf'), 'utf8')}#tryinclude shop/sorcery.conf\n`,
    );
    await folder.write(VALUES);
    const identify = await readFile(file('shop/sorcery-identify.conf'), 'utf8');
    expect(identify).toBe('identify=config,pjsip.conf,criteria=type=identify\nidentify=astdb,ps_endpoint_id_ips\n');
    const sections = await new FolderFiles(etc).sections('sorcery.conf');
    const settings = sections?.flatMap((section) => section.settings.map(([name, value]) => `${name}=${value}`));
    expect(settings?.filter((line) => line.startsWith('endpoint='))).toEqual([
      'endpoint=config,pjsip.conf,criteria=type=endpoint',
      'endpoint=astdb,ps_endpoints',
    ]);
    expect(settings).toContain('aor=config,pjsip.conf,criteria=type=aor');
  });

  it('is found through the files that an owner includes, and its missing lines have a place', async () => {
    await folder.write(VALUES);
    await mkdir(file('custom'));
    await writeFile(file('custom/a.conf'), '#include "shop/extensions.conf"\n');
    await writeFile(file('extensions.conf'), '[general]\n#include custom/*.conf ; ours\n');
    const remedies = (await folder.findings()).map(({ remedy }) => remedy);
    expect(remedies).toContain('Add to the section [res_pjsip] of sorcery.conf: #tryinclude shop/sorcery.conf');
    expect(remedies.join()).toContain('sorcery.conf two lines: [acl] and #tryinclude shop/sorcery-acl.conf');
    expect(remedies.join()).toContain('features.conf two lines: [applicationmap] and #tryinclude shop/features.conf');
    expect(remedies.join()).not.toContain('shop/extensions.conf');
  });

  it('keeps queues that the gateway has written, and is removed with them, but not with files of others', async () => {
    await folder.write(VALUES);
    await writeFile(file('shop-queues.conf'), '[shop-q1]\n');
    await folder.write(VALUES);
    expect(await readFile(file('shop-queues.conf'), 'utf8')).toBe('[shop-q1]\n');
    await writeFile(file('shop/mine.conf'), '');
    await writeFile(file('extensions.conf'), '[general]\n\n#tryinclude shop/extensions.conf\n');
    expect(await folder.remove()).toEqual(['extensions.conf:3: #tryinclude shop/extensions.conf']);
    expect(await readFile(file('shop/mine.conf'), 'utf8')).toBe('');
    await expect(readFile(file('shop-queues.conf'))).rejects.toThrow('ENOENT');
    await expect(readFile(file('shop/manager.conf'))).rejects.toThrow('ENOENT');
  });
});
