import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { html } from '../../../src/http/html.js';
import { route } from '../../../src/http/route.js';
import { builtFileRoutes, readBuiltFiles } from '../../../src/web/pages/built-files.js';
import { show } from '../../../src/web/pages/layout.js';
import { startServer, type TestServer } from '../../http/http-harness.js';

const page = route({
  method: 'GET',
  path: '/page',
  scope: 'public',
  kind: 'page',
  summary: 'A page',
  handle: (request) => show(request, 'Page', html``),
});

let folder: string;
let server: TestServer | undefined;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'built-'));
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  await rm(folder, { recursive: true });
});

async function serve(): Promise<string> {
  const built = await readBuiltFiles(folder);
  server = await startServer([page, ...builtFileRoutes(built)], { assetAddress: (source) => built.addressOf(source) });
  return server.url;
}

const styleOf = async (url: string) =>
  /<link rel="stylesheet" href="([^"]+)"/.exec(await (await fetch(`${url}/page`)).text())?.[1];

describe('built files', () => {
  it('a page links its style sheet under the hashed name, which browsers keep', async () => {
    const manifest = { 'assets/style.css': { file: 'style-Ab12.css', src: 'assets/style.css', isEntry: true } };
    await writeFile(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
    await writeFile(path.join(folder, 'style-Ab12.css'), 'body{margin:0}');
    const url = await serve();
    expect(await styleOf(url)).toBe('/assets/style-Ab12.css');
    const answer = await fetch(`${url}/assets/style-Ab12.css`);
    expect(await answer.text()).toBe('body{margin:0}');
    expect(answer.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(answer.headers.get('cache-control')).toContain('immutable');
  });

  it('are sent compressed to those who understand it', async () => {
    const sheet = 'body{margin:0}'.repeat(100);
    await writeFile(path.join(folder, 'manifest.json'), '{}');
    await writeFile(path.join(folder, 'style-1.css'), sheet);
    await writeFile(path.join(folder, 'style-1.css.br'), brotliCompressSync(sheet));
    await writeFile(path.join(folder, 'style-1.css.gz'), gzipSync(sheet));
    const address = `${await serve()}/assets/style-1.css`;
    for (const [accepted, used] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip;q=0.5', 'gzip'],
      ['identity', null],
    ] as const) {
      const answer = await fetch(address, { headers: { 'accept-encoding': accepted } });
      expect(answer.headers.get('content-encoding')).toBe(used);
      expect(answer.headers.get('vary')).toBe('Accept-Encoding');
      expect(answer.headers.get('content-type')).toBe('text/css; charset=utf-8');
      expect(await answer.text()).toBe(sheet);
    }
    expect((await fetch(`${address}.br`)).status).toBe(404);
  });

  it('names the style sheets that a script imports', async () => {
    const manifest = { 'monitor/main.tsx': { file: 'main-1.js', css: ['main-2.css'] } };
    await writeFile(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
    const built = await readBuiltFiles(folder);
    expect(built.addressOf('monitor/main.tsx')).toBe('/assets/main-1.js');
    expect(built.stylesOf('monitor/main.tsx')).toEqual(['/assets/main-2.css']);
  });

  it('pages are rendered when nothing has been built', async () => {
    const url = await serve();
    expect(await styleOf(url)).toBe('/assets/style.css');
    expect((await fetch(`${url}/assets/style.css`)).status).toBe(404);
  });
});
