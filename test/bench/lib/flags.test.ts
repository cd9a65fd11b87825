import { expect, test } from 'vitest';
import { commandLine, comparedRevisions, count, countList, FlagError, nameList, parseFlags } from './flags.js';

test('an unknown option is refused with a hint', () => {
  const options = { quick: { type: 'boolean' } } as const;
  expect(parseFlags(options, ['--quick'])).toMatchObject({ quick: true });
  expect(() => parseFlags(options, ['--fast'])).toThrow(FlagError);
  expect(() => parseFlags(options, ['--fast'])).toThrow('scripts/bench --help');
});

test('lists of counts are sorted and hold each once', () => {
  expect(countList('500,1,50,50', 'calls')).toEqual([1, 50, 500]);
});

test.each([
  ['10k', 10_000],
  ['1M', 1_000_000],
  ['7', 7],
])('%s is a count', (text, value) => {
  expect(count(text, 'history')).toBe(value);
});

test.each(['', '0', '-1', '1.5', 'k', '10K', 'many'])('"%s" is no count', (text) => {
  expect(() => count(text, 'calls')).toThrow('--calls');
});

test('names keep their usual order, and an unknown one is refused', () => {
  const known = ['dialplan', 'minimal app', 'gateway'] as const;
  expect(nameList('gateway, dialplan', known, 'only')).toEqual(['dialplan', 'gateway']);
  expect(() => nameList('gateway,other', known, 'only')).toThrow('"other"');
});

test('what is compared', () => {
  expect(comparedRevisions(undefined)).toEqual([undefined]);
  expect(comparedRevisions('v1')).toEqual(['v1', undefined]);
  expect(comparedRevisions('v1..main')).toEqual(['v1', 'main']);
});

test.each(['', '..main', 'v1..', 'a..b..c'])('--compare %s is refused', (text) => {
  expect(() => comparedRevisions(text)).toThrow(FlagError);
});

test('a command is kept without the file of its numbers', () => {
  expect(commandLine('calls', ['--json', 'a.json', '--quick'])).toBe('npm run bench -- --quick');
  expect(commandLine('scale', ['--json=a.json', '--calls', '5'])).toBe('npm run bench -- scale --calls 5');
});
