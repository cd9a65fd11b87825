import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const bench = join(import.meta.dirname, '..');
const scenarios = readdirSync(bench).filter((name) => existsSync(join(bench, name, 'main.ts')));
const script = join(bench, '../../scripts/bench');
const help = execFileSync(script, ['--help'], { encoding: 'utf8' });

test('there are scenarios', () => {
  expect(scenarios).toContain('calls');
});

test.each(scenarios)('the help explains the scenario %s and its options', (scenario) => {
  expect(help).toMatch(new RegExp(`^  ${scenario} +\\(`, 'm'));
  const source = readFileSync(join(bench, scenario, 'main.ts'), 'utf8');
  const options = [...source.matchAll(/'?([\w-]+)'?: \{ type: '(?:string|boolean)'/g)].map(([, name]) => `--${name}`);
  expect(options).toContain('--json');
  for (const option of options) expect(help).toContain(option);
});

test('the help of a scenario is the same, and an unknown scenario is refused', () => {
  expect(execFileSync(script, ['scale', '--help'], { encoding: 'utf8' })).toBe(help);
  expect(() => execFileSync(script, ['speed'], { stdio: 'pipe' })).toThrow('no scenario speed');
});
