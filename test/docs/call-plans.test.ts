import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand } from '../../src/cli/run.js';
import { commandsOf, docPages, notPrinted, type Block } from './blocks.js';

/** Each plan of docs/call-plans.md is without problems, and its calls go as the page says. */

interface Plan {
  file: string;
  yaml: string;
  commands: string[];
  printed: string;
}

const plans: Plan[] = [];
const blocks: Block[] = docPages().find(({ name }) => name === 'docs/call-plans.md')?.blocks ?? [];
for (const { language, text } of blocks) {
  if (language === 'yaml') plans.push({ file: '', yaml: text, commands: [], printed: '' });
  const plan = plans.at(-1);
  if (plan === undefined) continue;
  if (language === 'text') plan.printed = text;
  if (language !== 'sh') continue;
  plan.commands.push(...commandsOf(text));
  plan.file = /simulate (\S+)/.exec(text)?.[1] ?? '';
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cordboard-plans-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The words of a command, with files in the folder of the test. */
function wordsOf(command: string): string[] {
  const words = command.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  return words
    .map((word) => word.replaceAll(/^["']|["']$/g, ''))
    .map((word) => (word.endsWith('.yaml') ? path.join(folder, word) : word));
}

async function cordboard(...args: string[]): Promise<string> {
  let out = '';
  const say = (text: string) => void (out += text);
  const code = await runCommand(args, { env: { CORDBOARD_SOUNDS: 'sounds' }, out: say, error: say });
  expect(code, out).toBe(0);
  return out;
}

it('are ten', () => {
  expect(plans).toHaveLength(10);
});

it.each(plans)('$file', async ({ file, yaml, commands, printed }) => {
  const document = path.join(folder, file);
  await writeFile(document, yaml);
  expect(await cordboard('lint', document)).toContain('no problems');
  let said = '';
  for (const command of commands) {
    const [program = '', ...args] = wordsOf(command);
    if (program === 'echo') await writeFile(args[2] ?? '', args[0] ?? '');
    else said += await cordboard(...args);
  }
  expect(printed).not.toBe('');
  expect(notPrinted(printed, said)).toEqual([]);
});
