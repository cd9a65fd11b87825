import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withEnvFile } from '../../src/cli/environment.js';
import { runCommand } from '../../src/cli/run.js';
import { version } from '../../src/lib/version.js';

const root = path.resolve(import.meta.dirname, '../..');
const execute = promisify(execFile);

let home: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'cordboard-home-'));
});
afterEach(() => rm(home, { recursive: true }));

async function cordboard(env: Record<string, string | undefined>, ...args: string[]) {
  let [out, error] = ['', ''];
  const code = await runCommand(args, { env, out: (text) => (out += text), error: (text) => (error += text) });
  return { code, out, error };
}

describe('the environment of a command', () => {
  it('has what .env says and the environment does not, and the data folder beside it', async () => {
    await writeFile(
      path.join(home, '.env'),
      '# a comment\nHTTP_PORT=9090\nARI_URL=http://127.0.0.1:1\n #LOG_LEVEL=x\n',
    );
    expect(withEnvFile({ ARI_URL: 'http://127.0.0.1:2', HTTP_PORT: '' }, home)).toMatchObject({
      HTTP_PORT: '9090',
      ARI_URL: 'http://127.0.0.1:2',
      CORDBOARD_DATA: path.join(home, 'data'),
    });
    expect(withEnvFile({ CORDBOARD_DATA: 'here' }, home)).toMatchObject({ CORDBOARD_DATA: 'here' });
    expect(withEnvFile({ SAMPLE: 'dispatch' }, home)).toMatchObject({
      CORDBOARD_DATA: path.join(home, 'data/dispatch'),
    });
  });

  it('leads a command to the port that .env says', async () => {
    await writeFile(path.join(home, '.env'), 'HTTP_PORT=9\nCORDBOARD_API_TOKEN=a-token-of-the-test\n');
    const { code, error } = await cordboard(withEnvFile({}, home), 'export');
    expect(code).toBe(3);
    expect(error).toContain('no gateway answers at http://127.0.0.1:9:');
  });
});

describe('the command line', () => {
  it('prints its version', async () => {
    expect(await cordboard({}, '--version')).toEqual({ code: 0, out: `${version}\n`, error: '' });
  });

  it('ends quietly when nobody reads on', async () => {
    const command = `"$0" --import tsx src/cli.ts --help | (exec <&-; sleep 0.1)`;
    const { stderr } = await execute('bash', ['-c', `set -o pipefail; ${command}`, process.execPath], { cwd: root });
    expect(stderr).toBe('');
  });

  it('says of a file that cannot be read why not', async () => {
    expect((await cordboard({}, 'lint', path.join(home, 'none.yaml'))).error).toContain('there is no such file');
    expect((await cordboard({}, 'lint', home)).error).toContain('it is a folder');
  });

  it.each([
    ['version: 1\ncountry: Czechia\n', '2:10', 'two capital letters'],
    ['version: "1"\n', '1:10', 'write 1, without quotes'],
    ['version: 1\nlines: []\nlanguages: [cs, en\n\n\n', '3:12', 'never closed'],
    ['version: 1\nlanguages: [cs, en\nlines: []\n', '2:12', 'never closed'],
    ['version: 1\ncountry: "CZ\n\nlines: []\n', '2:10', 'never closed'],
  ])('says what is wrong, and where it is put right: %j', async (text, place, words) => {
    const file = path.join(home, 'company.yaml');
    await writeFile(file, text);
    const { code, out, error } = await cordboard({}, 'lint', file);
    expect(code).toBe(1);
    expect(out + error).toContain(`company.yaml:${place}: `);
    expect(out + error).toContain(words);
  });

  it('knows UTF-16 when it sees it', async () => {
    const file = path.join(home, 'company.yaml');
    await writeFile(file, Buffer.from('\ufeffversion: 1\n', 'utf16le'));
    expect((await cordboard({}, 'lint', file)).error).toContain('not UTF-8 text');
  });

  it('says of a certificate that is not trusted what to do', async () => {
    const [key, cert] = [path.join(home, 'key.pem'), path.join(home, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-keyout', key, '-out', cert];
    await execute('openssl', [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      ...subject,
    ]);
    const server = createServer({ key: await readFile(key), cert: await readFile(cert) });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const asked = await cordboard({ CORDBOARD_URL: url, CORDBOARD_API_TOKEN: 'a-token-of-the-test' }, 'export');
      expect(asked.error).toContain('NODE_EXTRA_CA_CERTS');
      expect((await cordboard({}, 'verify', url)).out).toContain('NODE_EXTRA_CA_CERTS');
    } finally {
      server.close();
    }
  });
});

it('no page tells people to run npx cordboard: outside of the folder that would run whatever has the name', async () => {
  const pages = ['README.md', 'CHANGELOG.md', '.env.example'];
  for (const folder of ['docs', 'examples', 'asterisk-config', 'src', 'scripts'])
    for (const entry of await readdir(path.join(root, folder), { recursive: true, withFileTypes: true }))
      if (entry.isFile() && /\.(md|ts|tsx|mjs|yaml|sh)$/.test(entry.name))
        pages.push(path.relative(root, path.join(entry.parentPath, entry.name)));
  const found: string[] = [];
  for (const page of pages)
    if (/npx\s+(-y\s+)?cordboard/.test(await readFile(path.join(root, page), 'utf8'))) found.push(page);
  expect(pages.length).toBeGreaterThan(50);
  expect(found).toEqual([]);
});
