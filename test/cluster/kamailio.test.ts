import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../src/cli/run.js';
import { frontFiles, writeFrontFiles } from '../../src/cluster/front-files.js';
import { readFrontSettings } from '../../src/cluster/front-settings.js';
import { companySchema } from '../../src/company/company.js';

const environment = { SIP_FRONT: '192.0.2.10:5060', SIP_NODES: 'a=192.0.2.11:5060, b=192.0.2.12:5062' };

const company = companySchema.parse({
  version: 1,
  handsets: [
    { name: 'h1', extension: '201' },
    { name: 'desk', endpoint: 'own-desk' },
  ],
  queues: [{ id: 1, name: 'sales', extension: '800', handsets: ['h1'] }],
  lines: [{ number: '+420222333444', plan: [{ enqueue: { queue: 1 } }] }],
  trunks: [
    { name: 'acme', way: 'address', server: '198.51.100.7', addresses: ['198.51.100.64/28'] },
    { name: 'off', way: 'address', server: '198.51.100.99', enabled: false },
    { name: 'registers', way: 'registration', server: '198.51.100.98', user: '420', account_number: '+420222333444' },
  ],
});

let folder: string;
beforeEach(async () => (folder = await mkdtemp(path.join(tmpdir(), 'cordboard-kamailio-files-'))));
afterEach(() => rm(folder, { recursive: true }));

describe('the files of Kamailio', () => {
  it('have each node, the addresses that may send, and what is where', async () => {
    const files = await frontFiles(company, readFrontSettings(environment), folder);
    expect(files.nodes).toBe('1 sip:192.0.2.11:5060 0 0 duid=a\n2 sip:192.0.2.12:5062 0 0 duid=b\n');
    expect(files.addresses.split('\n')).toEqual([
      '1 10.0.0.0 8 0 phone',
      '1 172.16.0.0 12 0 phone',
      '1 192.168.0.0 16 0 phone',
      '2 192.0.2.11 32 5060 a',
      '2 192.0.2.12 32 5062 b',
      '3 198.51.100.64 28 0 acme',
      '3 198.51.100.7 32 0 acme',
      '',
    ]);
    const routes = new Map(files.routes.split('\n').map((row) => [row.split(':')[1], row.split(':')[4]]));
    const home = routes.get('from/h1');
    expect(['1=8;2=8', '2=8;1=8']).toContain(home);
    // All of one component are on the node of its handset, in every notation of the number.
    for (const to of ['h1', '201', '800', '+420222333444', '420222333444', '00420222333444', '222333444'])
      expect([to, routes.get(`to/${to}`)]).toEqual([to, home]);
    // No account here, so nobody calls by that name.
    expect(routes.has('from/desk')).toBe(false);
    expect(files.config).toContain('listen=udp:192.0.2.10:5060');
  });

  it('are written where they differ', async () => {
    const settings = readFrontSettings(environment);
    const files = await frontFiles(company, settings, folder);
    expect(await writeFrontFiles(folder, files)).toEqual(['config', 'nodes', 'addresses', 'routes']);
    expect(await readFile(path.join(folder, 'tables/routes'), 'utf8')).toBe(files.routes);
    expect(await writeFrontFiles(folder, files)).toEqual([]);
    const more = { ...company, handsets: [...company.handsets, { ...company.handsets[0]!, name: 'h9' }] };
    expect(await writeFrontFiles(folder, await frontFiles(more, settings, folder))).toEqual(['routes']);
  });
});

describe('the settings of the machine', () => {
  it.each([
    ['SIP_FRONT', { SIP_FRONT: undefined }],
    ['SIP_FRONT', { SIP_FRONT: 'pbx.example:5060' }],
    ['SIP_NODES', { SIP_NODES: '192.0.2.11:5060' }],
    ['SIP_NODES', { SIP_NODES: 'a=192.0.2.11:5060,a=192.0.2.12:5060' }],
    ['SIP_PHONES', { SIP_PHONES: '192.0.2.0' }],
  ])('a bad one is refused by name: %s, %j', async (name, bad) => {
    let said = '';
    const env = { ...environment, ...bad, CORDBOARD_API_TOKEN: 'sixteen-letters-or-more' };
    const print = (text: string) => void (said += text);
    expect(await runCommand(['kamailio', folder], { env, out: print, error: print })).toBe(2);
    expect(said).toContain(`${name}: `);
  });
});
