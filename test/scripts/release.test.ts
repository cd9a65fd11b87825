import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const run = promisify(execFile);
let dir: string;

const git = async (...words: string[]) => (await run('git', words, { cwd: dir })).stdout.trim();
const release = (part: string) => run(path.join(dir, 'scripts/release'), [part], { cwd: dir });
const changelog = (unreleased: string) =>
  `# Changelog\n\n## Unreleased\n${unreleased}\n## 0.1.0 (2026-01-01)\n\n- Old.\n`;

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-release-'));
  await cp('scripts/release', path.join(dir, 'scripts/release'));
  await writeFile(path.join(dir, 'package.json'), JSON.stringify({ name: 'x', version: '0.1.0', type: 'module' }));
  await writeFile(path.join(dir, 'CHANGELOG.md'), changelog('\n- New: a thing.\n'));
  await git('init', '--quiet', '--initial-branch=main');
  await git('config', 'user.name', 'tester');
  await git('config', 'user.email', 'tester@localhost');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'start');
});
afterEach(() => rm(dir, { recursive: true }));

describe('scripts/release', () => {
  it('raises the version, dates the notes and tags the commit with them', async () => {
    await release('minor');
    const { version } = JSON.parse(await readFile(path.join(dir, 'package.json'), 'utf8')) as { version: string };
    expect(version).toBe('0.2.0');
    expect(await readFile(path.join(dir, 'CHANGELOG.md'), 'utf8')).toMatch(
      /## Unreleased\n\n## 0\.2\.0 \(\d{4}-\d\d-\d\d\)\n\n- New: a thing\.\n/,
    );
    expect(await git('log', '-1', '--format=%s')).toBe('Release 0.2.0');
    expect(await git('tag', '--list', '--format=%(contents)', 'v0.2.0')).toContain('- New: a thing.');
    expect(await git('status', '--porcelain')).toBe('');
  });

  it('refuses a working tree with changes', async () => {
    await writeFile(path.join(dir, 'left-over'), '');
    await expect(release('patch')).rejects.toThrow('commit or stash them first');
  });

  it('refuses a release without notes', async () => {
    await writeFile(path.join(dir, 'CHANGELOG.md'), changelog(''));
    await git('commit', '--quiet', '--all', '--message', 'nothing');
    await expect(release('patch')).rejects.toThrow('a release needs notes');
    expect(await git('tag')).toBe('');
  });
});
