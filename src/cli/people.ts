import { z } from 'zod';
import { EXIT, type Terminal } from './command.js';
import { Gateway } from './gateway.js';
import { HOUR_MS } from '../lib/time.js';

/** Every table of the gateway is looked through. */
const TIMEOUT_MS = HOUR_MS;

const receipt = z.object({
  id: z.string(),
  at: z.string(),
  counts: z.record(z.string(), z.number()),
  do_not_call: z.enum(['kept', 'removed', 'none']),
  configuration: z.array(z.object({ section: z.string(), key: z.string() })),
  log_truncated: z.boolean(),
});

/** Prints all that is stored of a number, as JSON. */
export async function exportPerson(number: string, terminal: Terminal): Promise<number> {
  terminal.out(await ask('/api/v1/people/export', { number }, terminal));
  return EXIT.ok;
}

/** Erases what is stored of a number, and prints the receipt. @param removeDoNotCall the entry of the do-not-call list, too */
export async function forget(
  number: string,
  { removeDoNotCall, json }: { removeDoNotCall: boolean; json: boolean },
  terminal: Terminal,
): Promise<number> {
  const text = await ask('/api/v1/people/erasures', { number, remove_do_not_call: removeDoNotCall }, terminal);
  terminal.out(json ? `${text}\n` : told(receipt.parse(JSON.parse(text))));
  return EXIT.ok;
}

async function ask(path: string, body: unknown, terminal: Terminal): Promise<string> {
  const gateway = await Gateway.of(terminal);
  const content = { type: 'application/json', body: JSON.stringify(body) };
  return gateway.request('POST', path, content, TIMEOUT_MS);
}

function told({ id, at, counts, do_not_call, configuration, log_truncated }: z.output<typeof receipt>): string {
  const lines = [
    `Erased ${at}, receipt ${id}:`,
    ...Object.entries(counts).map(([kind, count]) => `  ${kind.replaceAll('_', ' ')}: ${count}`),
    `  do-not-call entry: ${do_not_call}`,
    ...configuration.map(
      ({ section, key }) => `The configuration still holds the number: ${section} ${key}. Change it there.`,
    ),
    ...(log_truncated
      ? []
      : ['Another process reads the database: its log is emptied after that one has ended and this is run again.']),
    'Backups, the receivers of webhooks and logs of Asterisk and of proxies are not reached: see docs/privacy.md.',
  ];
  return `${lines.join('\n')}\n`;
}
