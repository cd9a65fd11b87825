import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { startNodeShop, type ShopProcess } from '../examples/shop-process.js';
import { Gateway } from '../support/gateway.js';

/** The first command of each page of the docs works on the sample company, as a newcomer types it. */

const root = path.resolve(import.meta.dirname, '../..');
const execute = promisify(execFile);

interface FirstCommand {
  page: string;
  command: string;
}

async function firstCommands(): Promise<FirstCommand[]> {
  const pages = ['../README.md', ...(await readdir(path.join(root, 'docs'))).filter((name) => name.endsWith('.md'))];
  const found = await Promise.all(
    pages.sort().map(async (page): Promise<FirstCommand[]> => {
      const blocks = (await readFile(path.join(root, 'docs', page), 'utf8')).matchAll(/^ *```(\w*)\n([^]*?)^ *```/gm);
      for (const [, language = '', block = ''] of blocks) {
        if (!['', 'sh'].includes(language)) continue;
        const command = /^ *((?:curl|\.\/scripts\/cordboard) (?:'[^']*'|\\\n|[^'\n])*)/m.exec(block)?.[1];
        if (command !== undefined) return [{ page, command }];
      }
      return [];
    }),
  );
  return found.flat();
}

const commands = await firstCommands();

let asterisk: TestAsterisk;
let shop: ShopProcess;
let gateway: Gateway;
let folder: string;

beforeAll(async () => {
  asterisk = await startAsterisk();
  shop = await startNodeShop();
  const env = {
    CORDBOARD_EXAMPLE: path.join(root, 'examples/company.yaml'),
    CORDBOARD_SOUNDS: path.join(root, 'sounds'),
  };
  gateway = await Gateway.start({ asterisk: asterisk.gatewayEnv(), env });
  folder = await mkdtemp(path.join(tmpdir(), 'cordboard-docs-'));
  await cp(path.join(root, 'examples/company.yaml'), path.join(folder, 'company.yaml'));
});

afterAll(async () => {
  await gateway.stop();
  await shop.stop();
  await asterisk.stop();
  await rm(folder, { recursive: true, force: true });
});

it('are found', () => {
  expect(commands.map(({ page }) => page)).toEqual(
    expect.arrayContaining([
      '../README.md',
      'accounts.md',
      'bridges.md',
      'contract-tools.md',
      'gootax.md',
      'notifications.md',
      'operators.md',
      'recordings.md',
      'screen-pop.md',
      'status-speech.md',
    ]),
  );
});

it.each(commands)(
  '$page',
  async ({ command }) => {
    const here = command
      .replace(/(127\.0\.0\.1|localhost):8080/g, new URL(gateway.url).host)
      .replace('127.0.0.1:8090', new URL(shop.url).host)
      .replaceAll('./scripts/cordboard', path.join(root, 'scripts/cordboard'));
    const script = `curl() { command curl --silent --show-error --fail-with-body "$@"; }\n${here}`;
    const env = {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TOKEN: gateway.token,
      CORDBOARD_URL: gateway.url,
      CORDBOARD_API_TOKEN: gateway.token,
    };
    const said = await execute('bash', ['-c', script], { cwd: folder, env }).then(
      () => 'done',
      (error: unknown) => String((error as { stdout?: string }).stdout) + String(error),
    );
    expect(said).toBe('done');
  },
  300_000,
);
