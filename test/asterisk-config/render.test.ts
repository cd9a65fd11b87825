import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contextsOf, entryContexts, neededContexts } from '../../src/asterisk/contexts.js';

const run = promisify(execFile);
const script = path.resolve(import.meta.dirname, '../../asterisk-config/render.sh');
const secrets = { ARI_PASSWORD: 'a'.repeat(32), AMI_PASSWORD: 'b'.repeat(32) };

let out: string;
beforeEach(async () => (out = await mkdtemp(path.join(tmpdir(), 'cordboard-render-'))));
afterEach(() => rm(out, { recursive: true }));

async function render(variables: Record<string, string>): Promise<void> {
  await run(script, [out], { env: { PATH: process.env['PATH'], ...variables } });
}

const rendered = (name: string) => readFile(path.join(out, name), 'utf8');

/** What the script says when it refuses. */
async function refusal(variables: Record<string, string>): Promise<string> {
  const error = await render(variables).then(
    () => ({ stderr: 'not refused' }),
    (reason: unknown) => reason as { stderr: string },
  );
  return error.stderr;
}

describe('render.sh', () => {
  it('replaces every placeholder, and leaves files that nobody else can read', async () => {
    await render({ ...secrets, SIP_PORT: '5999', ARI_APP: 'other' });
    expect(await rendered('pjsip.conf')).toContain('bind=0.0.0.0:5999');
    expect(await rendered('extensions.conf')).toContain('Stasis(other,incoming,');
    expect(await rendered('ari.conf')).toContain(`password=${secrets.ARI_PASSWORD}`);
    const files = (await readdir(out, { withFileTypes: true })).filter((entry) => entry.isFile());
    for (const { name } of files) {
      expect(await rendered(name), name).not.toMatch(/@[A-Z_]+@/);
      expect((await stat(path.join(out, name))).mode & 0o077, name).toBe(0);
    }
  });

  it('writes a semicolon as Asterisk reads one, and a value that looks like a placeholder as it is', async () => {
    await render({ ...secrets, AMI_PASSWORD: 'semi;colon@ARI_PASSWORD@' });
    expect(await rendered('manager.conf')).toContain('secret=semi\\;colon@ARI_PASSWORD@\n');
  });

  it('lets only a proxy in front, and what else is allowed, send SIP', async () => {
    await render({ ...secrets, SIP_FRONT: '192.0.2.10:5060', SIP_ALLOWED: '127.0.0.1,198.51.100.0/24' });
    expect(await rendered('pjsip-front.conf')).toContain('permit=192.0.2.10\npermit=127.0.0.1,198.51.100.0/24\n');
    await render(secrets);
    await expect(rendered('pjsip-front.conf')).rejects.toThrow('ENOENT');
    expect(await refusal({ ...secrets, SIP_FRONT: 'pbx.example' })).toContain('SIP_FRONT');
  });

  it.each(['ARI_PASSWORD', 'AMI_PASSWORD'])('has no default for %s', async (name) => {
    expect(await refusal({ ...secrets, [name]: '' })).toContain(`${name} is not set`);
  });

  it('takes passwords from files with their names, of the first folder that has one, and the environment first', async () => {
    const folders = ['first', 'second'].map((name) => path.join(out, name));
    for (const folder of folders) await mkdir(folder);
    await writeFile(path.join(out, 'first/ARI_PASSWORD'), `${'c'.repeat(32)}\n`);
    await writeFile(path.join(out, 'second/ARI_PASSWORD'), 'd'.repeat(32));
    await writeFile(path.join(out, 'second/AMI_PASSWORD'), 'e'.repeat(32));
    await writeFile(path.join(out, 'second/AMI_CONFIG_PASSWORD'), 'f'.repeat(32));
    const files = { CORDBOARD_SECRETS: ['/missing', ...folders].join(':') };
    await render(files);
    expect(await rendered('ari.conf')).toContain(`password=${'c'.repeat(32)}\n`);
    expect(await rendered('manager.conf')).toContain(`secret=${'e'.repeat(32)}\n`);
    expect(await rendered('manager-config-user.conf')).toContain(`secret=${'f'.repeat(32)}\n`);
    await render({ ...files, ...secrets });
    expect(await rendered('ari.conf')).toContain(`password=${secrets.ARI_PASSWORD}\n`);
  });

  it.each([
    ['a line break', { ARI_USER: 'a\nb' }, 'ARI_USER'],
    ['a line break at the end', { ARI_USER: 'a\n' }, 'ARI_USER'],
    ['a second section', { ARI_APP: 'a]\n[b' }, 'ARI_APP'],
    ['dialplan', { FALLBACK_DIAL: 'PJSIP/x,30)\nsame=>n,System(id' }, 'FALLBACK_DIAL'],
    ['a function', { FALLBACK_DIAL: '${SHELL(id)}' }, 'FALLBACK_DIAL'],
    ['a short password', { ARI_PASSWORD: 'short' }, 'ARI_PASSWORD'],
    ['no port', { SIP_PORT: 'sip' }, 'SIP_PORT'],
  ])('refuses %s, naming the variable', async (_what, variables, name) => {
    expect(await refusal({ ...secrets, ...variables })).toContain(name);
  });

  it('has every context under the prefix, those that the gateway knows among them', async () => {
    await render(secrets);
    const sections = [...(await rendered('extensions.conf')).matchAll(/^\[(.+)\]$/gm)].map(([, name]) => name!);
    const names = sections.filter((name) => !['general', 'globals'].includes(name));
    expect(names.filter((name) => !name.startsWith('cordboard-'))).toEqual([]);
    expect(names).toEqual(
      expect.arrayContaining([...entryContexts(contextsOf('cordboard')), ...neededContexts(contextsOf('cordboard'))]),
    );
  });

  it('takes trunks and additions to the dialplan that name the contexts of an older version', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'cordboard-config-'));
    try {
      await cp(path.dirname(script), folder, { recursive: true });
      const trunk = '[provider]\ntype=endpoint\ncontext = from-trunk ; ours\naors=from-trunk\n';
      await writeFile(path.join(folder, 'pjsip.d/provider.conf'), trunk);
      await mkdir(path.join(folder, 'extensions.d'), { recursive: true });
      const addition = '[from-trunk](+)\nexten => 100,1,Hangup()\n[from-trunk-2]\nexten => 101,1,Hangup()\n';
      await writeFile(path.join(folder, 'extensions.d/more.conf'), addition);
      const env = { PATH: process.env['PATH'], ...secrets };
      await run(path.join(folder, 'render.sh'), [out], { env });
      expect(await rendered('pjsip.d/provider.conf')).toBe(
        '[provider]\ntype=endpoint\nallow_transfer=no\ncontext = cordboard-from-trunk ; ours\naors=from-trunk\n',
      );
      expect(await rendered('extensions.d/more.conf')).toBe(
        addition.replace('[from-trunk](+)', '[cordboard-from-trunk](+)'),
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('has the trunk without a password in the demo alone, and takes it away again', async () => {
    await render({ ...secrets, CORDBOARD_DEMO: '1', TRUNK_CONTACT: 'sip:127.0.0.1:5999' });
    expect(await rendered('pjsip-demo-trunk.conf')).toContain('contact=sip:127.0.0.1:5999');
    await render(secrets);
    expect(await readdir(out)).not.toContain('pjsip-demo-trunk.conf');
  });

  it('behind NAT, announces its public address to browsers, and no address of other networks', async () => {
    const addresses = { EXTERNAL_ADDRESS: '203.0.113.7', LOCAL_NET: '10.1.0.0/16', LOCAL_ADDRESS: '10.1.0.10' };
    await render({ ...secrets, ...addresses });
    expect(await rendered('rtp-external-address.conf')).toBe(
      'ice_deny=0.0.0.0/0\nice_deny=fc00::/7\nice_deny=fe80::/10\nice_permit=203.0.113.7\nice_permit=10.1.0.0/16\n' +
        '[ice_host_candidates]\n10.1.0.10 => 203.0.113.7,include_local_address\n',
    );
    // Asterisk takes numbers only.
    await render({ ...secrets, ...addresses, EXTERNAL_ADDRESS: 'localhost' });
    expect(await rendered('rtp-external-address.conf')).toContain('10.1.0.10 => 127.0.0.1,');
    await render({ ...secrets, ...addresses, EXTERNAL_ADDRESS: '2001:db8::7' });
    expect(await readdir(out)).not.toContain('rtp-external-address.conf');
    await render(secrets);
    expect(await readdir(out)).not.toContain('rtp-external-address.conf');
    expect(await refusal({ ...secrets, ...addresses, LOCAL_ADDRESS: '10.1.0.10 => x' })).toContain('LOCAL_ADDRESS');
  });
});
