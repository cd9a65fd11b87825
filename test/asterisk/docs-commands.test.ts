import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startNodeShop, type ShopProcess } from '../examples/shop-process.js';
import { commandsOf, docPages, notPrinted, notRun, type CommandPage } from '../docs/blocks.js';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway } from '../support/gateway.js';

/** Every command of the documentation works on the sample company, as a newcomer types it, in the order of its page. */

const root = path.resolve(import.meta.dirname, '../..');
const execute = promisify(execFile);
const SHOP_KEY = `whsec_${Buffer.alloc(24, 'key').toString('base64')}`;
const CRM_KEY = 'a-key-of-the-crm';

const isRun = (command: string) => !notRun.some(({ command: pattern }) => pattern.test(command));
const pages = docPages();
const all = pages.flatMap(shellCommands);

function shellCommands(page?: CommandPage): string[] {
  return page?.blocks.filter(({ language }) => language === 'sh').flatMap(({ text }) => commandsOf(text)) ?? [];
}

function isTranslation({ name }: CommandPage): boolean {
  return /^docs\/(cs|ru)\//.test(name);
}

/** These come first: the set-up is for a company without accounts, and nothing of a person in a call is erased. */
const FIRST = ['docs/quick-start.md', 'docs/privacy.md'];
const run = pages
  .filter((page) => !isTranslation(page) && shellCommands(page).length > 0)
  // test/docs/call-plans.test.ts runs them in its own process, in a fraction of the time.
  .filter(({ name }) => name !== 'docs/call-plans.md')
  .sort((a, b) => Number(FIRST.includes(b.name)) - Number(FIRST.includes(a.name)));

let asterisk: TestAsterisk;
let shop: ShopProcess;
let crm: Server;
let gateway: Gateway;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cordboard-docs-'));
  asterisk = await startAsterisk();
  shop = await startNodeShop({ WEBHOOK_SHOP_KEY: SHOP_KEY });
  crm = createServer((request, response) => {
    const known = request.headers.authorization === `Bearer ${CRM_KEY}`;
    request.resume().on('end', () => response.writeHead(known ? 204 : 401).end());
  }).listen(0, '127.0.0.1');
  await once(crm, 'listening');
  const example = path.join(folder, 'company.yaml');
  const company = await readFile(path.join(root, 'examples/company.yaml'), 'utf8');
  // The pages about a CRM are for companies that have one.
  await writeFile(example, `${company.replaceAll('http://127.0.0.1:8090', shop.url)}\nruntel: {}\n`);
  const env = { CORDBOARD_EXAMPLE: example, CORDBOARD_SOUNDS: path.join(root, 'sounds'), WEBHOOK_SHOP_KEY: SHOP_KEY };
  gateway = await Gateway.start({ asterisk: asterisk.gatewayEnv(), env });
});

afterAll(async () => {
  await gateway.stop();
  crm.close();
  await shop.stop();
  await asterisk.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A folder for the commands of a page, with the files that its reader has. */
async function folderOf(page: CommandPage): Promise<string> {
  const here = path.join(folder, page.name.replaceAll('/', '-'));
  // From an earlier attempt.
  await rm(here, { recursive: true, force: true });
  await mkdir(path.join(here, 'recordings'), { recursive: true });
  const fixtures = path.join(root, 'test/contract/fixtures');
  await cp(path.join(folder, 'company.yaml'), path.join(here, 'company.yaml'));
  await cp(path.join(fixtures, 'telfa-order-status'), path.join(here, 'recordings/telfa'), { recursive: true });
  await cp(path.join(fixtures, 'runtel'), path.join(here, 'recordings/from-crm'), { recursive: true });
  if (page.name === 'docs/replace-runtel.md')
    await cp(path.join(fixtures, 'runtel/company.yaml'), path.join(here, 'company.yaml'));
  await cp(path.join(root, 'sounds/music/calm.wav'), path.join(here, 'jazz.mp3'));
  await writeFile(path.join(here, 'password.txt'), 'a long password of the docs\n');
  await symlink(path.join(root, 'examples'), path.join(here, 'examples'));
  return here;
}

/** The command with the addresses and keys of this test in place of those of the page. */
function withOurs(command: string, here: string): string {
  return command
    .replaceAll('./scripts/cordboard', 'cordboard')
    .replaceAll(/(http:\/\/)?(127\.0\.0\.1|localhost):8080/g, gateway.url)
    .replaceAll('http://127.0.0.1:8090', shop.url)
    .replaceAll('https://shop.example', shop.url)
    .replaceAll('https://crm.example', `http://127.0.0.1:${(crm.address() as AddressInfo).port}`)
    .replaceAll('https://pbx.example', gateway.url)
    .replaceAll('/tmp/restored', path.join(here, 'restored'))
    .replaceAll(/\bFILE\b/g, 'pbx.tar.gz')
    .replaceAll(/cordboard-\d+T\d+Z\.tar\.gz\b/g, 'pbx.tar.gz')
    .replaceAll('whsec_…', SHOP_KEY)
    .replace('WEBHOOK_CRM_KEY=…', `WEBHOOK_CRM_KEY=${CRM_KEY}`);
}

/** Pages share commands: each is run on the first of them. */
const firstPages = new Map<string, string>();
for (const { name, blocks } of [...run].reverse())
  for (const { text } of blocks) for (const command of commandsOf(text)) firstPages.set(command, name);

/** A script that runs the commands of a page up to a failure; what a block prints is in a file. */
async function scriptOf({ name, blocks }: CommandPage, here: string): Promise<string> {
  const lines = [
    `cordboard() { node ${path.join(root, 'dist/cli.js')} "$@"; }`,
    'curl() { command curl --silent --show-error --fail-with-body "$@"; }',
    'failed() { echo "FAILED: $1" >&3; cat "$2" >&3; exit 1; }',
  ];
  let document = '';
  for (const [index, { language, text }] of blocks.entries()) {
    if (language === 'yaml' && text.startsWith('version: 1\n')) document = text;
    if (language !== 'sh') continue;
    const named = /cordboard (?:lint|simulate|apply) (\S+\.yaml)/.exec(text)?.[1];
    if (named !== undefined && named !== 'company.yaml' && !named.includes('/'))
      await writeFile(path.join(here, named), document);
    for (const command of commandsOf(text).filter(isRun)) {
      if (firstPages.get(command) !== name && !command.startsWith('export ')) continue;
      const said = path.join(here, `block-${index}.txt`);
      lines.push(`{ ${withOurs(command, here)}\n} >>'${said}' 2>&1 || failed ${quoted(command)} '${said}'`);
    }
  }
  return lines.join('\n');
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

it.each(run)(
  '$name',
  async (page) => {
    const here = await folderOf(page);
    const env = {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TOKEN: gateway.token,
      CORDBOARD_URL: gateway.url,
      CORDBOARD_API_TOKEN: gateway.token,
      CORDBOARD_DATA: path.join(here, 'empty'),
      CORDBOARD_SOUNDS: path.join(root, 'sounds'),
    };
    const script = `exec 3>&1\n${await scriptOf(page, here)}`;
    const said = await execute('bash', ['-c', script], { cwd: here, env }).then(
      () => 'done',
      (error: unknown) => String((error as { stdout?: string }).stdout) + String(error),
    );
    expect(said).toBe('done');
    for (const [index, { language, text, adjacent }] of page.blocks.entries())
      if (language === 'text' && adjacent && page.blocks[index - 1]?.language === 'sh')
        expect(notPrinted(text, await readFile(path.join(here, `block-${index - 1}.txt`), 'utf8'))).toEqual([]);
  },
  300_000,
);

it('each block says its language, so that no command is missed', () => {
  const without = pages.filter(({ blocks }) => blocks.some(({ language }) => language === ''));
  expect(without.map(({ name }) => name)).toEqual([]);
  expect(all.length).toBeGreaterThan(100);
});

it.each(pages.filter(isTranslation))('$name has only commands of the page in English, where they run', (page) => {
  const english = pages.find(({ name }) => name === `docs/${path.basename(page.name)}`);
  const known = shellCommands(english);
  expect(shellCommands(page).filter((command) => isRun(command) && !known.includes(command))).toEqual([]);
});

it('each command that is not run still exists', () => {
  const stale = notRun.filter(({ command }) => !all.some((each) => command.test(each)));
  expect(stale.map(({ command }) => String(command))).toEqual([]);
});
