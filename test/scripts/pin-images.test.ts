import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';

const script = path.resolve(import.meta.dirname, '../../scripts/pin-images');
const execute = promisify(execFile);

let bin: string;
beforeEach(async () => {
  bin = await mkdtemp(path.join(tmpdir(), 'cordboard-pin-'));
});
afterEach(() => rm(bin, { recursive: true }));

/** What the script prints with an engine that answers as the shell function `docker` does. */
async function pinned(engine: string): Promise<string> {
  await writeFile(path.join(bin, 'docker'), `#!/bin/sh\n${engine}\n`);
  await chmod(path.join(bin, 'docker'), 0o755);
  const { stdout } = await execute(script, { env: { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}` } });
  return stdout;
}

it('prints the digest of each base image after it was pulled', async () => {
  const printed = await pinned(`
    case "$1 $2" in
      'pull --quiet') : >"$0.$(echo "$3" | tr -c 'a-z0-9\\n' _)" ;;
      'image inspect') for image; do :; done; [ -e "$0.$(echo "$image" | tr -c 'a-z0-9\\n' _)" ] && echo "\${image%:*}@sha256:of-$image" ;;
    esac`);
  expect(printed.split('\n').slice(1)).toEqual([
    'NODE_IMAGE=node:22-slim@sha256:of-node:22-slim',
    'DEBIAN_IMAGE=debian:forky-slim@sha256:of-debian:forky-slim',
    '',
  ]);
});

it('prints nothing when an image cannot be pulled, or has no digest', async () => {
  await expect(pinned('exit 1')).rejects.toMatchObject({
    stdout: '',
    stderr: expect.stringContaining('node:22-slim cannot be pulled: check the connection to its registry') as string,
  });
  await expect(pinned('exit 0')).rejects.toMatchObject({
    stdout: '',
    stderr: expect.stringContaining('the engine knows no digest of node:22-slim') as string,
  });
});
