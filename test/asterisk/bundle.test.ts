import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { expect, test } from 'vitest';

test('the gateway starts from one file: it links no other module than ari-client', async () => {
  const code = await readFile('dist/gateway.js', 'utf8');
  const linked = [...code.matchAll(/^import (?:[^'"\n]+ from )?['"]([^'"]+)['"];$/gm)].map(
    ([, module]) => module ?? '',
  );
  expect(linked.length).toBeGreaterThan(0);
  expect([...new Set(linked)].filter((module) => !isBuiltin(module))).toEqual(['ari-client']);
});
