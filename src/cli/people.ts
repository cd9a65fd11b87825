import { z } from 'zod';
import { EXIT, type Terminal } from './command.js';
import { Gateway } from './gateway.js';
import { HOUR_MS } from '../lib/time.js';

/** The request searches every table. */
const TIMEOUT_MS = HOUR_MS;

const receipt = z.object({
  id: z.string(),
  at: z.string(),
  counts: z.record(z.string(), z.number()),
  do_not_call: z.enum(['kept', 'removed', 'none']),
  configuration: z.array(z.object({ section: z.string(), key: z.string() })),
  backups: z.array(z.string()),
  log_truncated: z.boolean(),
});

/** Prints everything stored about a number, as JSON. */
export async function exportPerson(number: string, terminal: Terminal): Promise<number> {
  terminal.out(await ask('/api/v1/people/export', { number }, terminal));
  return EXIT.ok;
}

/** Erases everything stored about a number, and prints the receipt. @param removeDoNotCall also the entry of the do-not-call list */
export async function forget(
  number: string,
  { removeDoNotCall, json }: { removeDoNotCall: boolean; json: boolean },
  terminal: Terminal,
): Promise<number> {
  const text = await ask('/api/v1/people/erasures', { number, remove_do_not_call: removeDoNotCall }, terminal);
  terminal.out(json ? `${text}\n` : formatReceipt(receipt.parse(JSON.parse(text))));
  return EXIT.ok;
}

async function ask(path: string, body: unknown, terminal: Terminal): Promise<string> {
  const gateway = await Gateway.of(terminal);
  const content = { type: 'application/json', body: JSON.stringify(body) };
  return gateway.request('POST', path, content, TIMEOUT_MS);
}

function formatReceipt({
  id,
  at,
  counts,
  do_not_call,
  configuration,
  backups,
  log_truncated,
}: z.output<typeof receipt>): string {
  const lines = [
    `Erased ${at}, receipt ${id}:`,
    ...Object.entries(counts).map(([kind, count]) => `  ${kind.replaceAll('_', ' ')}: ${count}`),
    `  do-not-call entry: ${do_not_call}`,
    ...configuration.map(
      ({ section, key }) => `The configuration still holds the number: ${section} ${key}. Change it there.`,
    ),
    ...backups.map(
      (name) => `The backup ${name} was made before and may hold the data: remove it when it is no longer needed.`,
    ),
    ...(log_truncated
      ? []
      : [
          'Another process reads the database. Run this again after that process has ended, to empty the log of the database.',
        ]),
    'Not erased: copies of backups elsewhere, receivers of webhooks, logs of Asterisk and of proxies. See docs/privacy.md.',
  ];
  return `${lines.join('\n')}\n`;
}
