import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Mistakes in the command line; its message is all that the user has to see. */
export class FlagError extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>;

/** Parses options of a scenario; an unknown one, or one without its value, is a {@link FlagError}. */
export function parseFlags<T extends Options>(options: T, args = process.argv.slice(2)) {
  try {
    return parseArgs({ options, args, allowPositionals: false }).values;
  } catch (error) {
    throw new FlagError(`${(error as Error).message}\nscripts/bench --help explains all scenarios and options`);
  }
}

/** `50,200,500`: counts above zero, ascending, none twice. */
export function countList(text: string, name: string): number[] {
  const counts = text.split(',').map((part) => count(part, name));
  return [...new Set(counts)].sort((a, b) => a - b);
}

/** A whole number above zero; `10k` and `1M` are thousands and millions. */
export function count(text: string, name: string): number {
  const [, digits = '', unit = ''] = /^(\d+)([kM]?)$/.exec(text.trim()) ?? [];
  const value = Number(digits) * { '': 1, k: 1000, M: 1_000_000 }[unit as '' | 'k' | 'M'];
  if (digits === '' || value < 1) throw new FlagError(`--${name}: "${text}" is no count such as 50, 10k or 1M`);
  return value;
}

/** Some of the known names, in their usual order. */
export function nameList<T extends string>(text: string, known: readonly T[], name: string): T[] {
  const wanted = text.split(',').map((part) => part.trim());
  const unknown = wanted.filter((part) => !known.some((one) => one === part));
  if (unknown.length > 0) throw new FlagError(`--${name}: "${unknown.join(',')}" is none of ${known.join(', ')}`);
  return known.filter((one) => wanted.includes(one));
}

/** `--compare REV` is REV against the working tree (undefined), `--compare OLD..NEW` two revisions; without it the working tree alone. */
export function comparedRevisions(text: string | undefined): (string | undefined)[] {
  if (text === undefined) return [undefined];
  const [before = '', after, ...more] = text.split('..');
  if (before === '' || after === '' || more.length > 0)
    throw new FlagError(`--compare: "${text}" is neither REV nor OLD..NEW`);
  return [before, after];
}

/** How to run a scenario again; the file of its numbers is left out. */
export function commandLine(scenario: string, args: readonly string[]): string {
  const isFile = (index: number) => args[index] === '--json' || args[index]?.startsWith('--json=') === true;
  const kept = args.filter((_, index) => !isFile(index) && args[index - 1] !== '--json');
  return ['npm run bench --', ...(scenario === 'calls' ? [] : [scenario]), ...kept].join(' ');
}
