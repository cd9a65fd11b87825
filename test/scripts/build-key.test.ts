import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const execute = promisify(execFile);

/** A build in the middle of the tests replaces the files of the gateways that run. */
it('the build depends on no file that a check or the build itself writes', async () => {
  const { stdout } = await execute('bash', ['-euc', '. scripts/lib/node.sh; build_key']);
  const inputs = stdout.split('\n').flatMap((line) => / {2}(src\/.+)$/.exec(line)?.[1] ?? []);
  expect(inputs).toContain('src/main.ts');
  const ignored = execute('git', ['check-ignore', ...inputs]);
  // git check-ignore exits with 1 when no path is ignored.
  await expect(ignored).rejects.toMatchObject({ code: 1, stdout: '' });
});
