import { z } from 'zod';
import { EXIT, type Terminal } from './command.js';
import { Gateway } from './gateway.js';

const answer = z.object({ url: z.string(), expires_at: z.string() });

/** Prints a one-time link for the set-up of a company that has no account yet. */
export async function printSetupLink(terminal: Terminal): Promise<number> {
  const gateway = await Gateway.of(terminal);
  const { url, expires_at } = answer.parse(JSON.parse(await gateway.request('POST', '/api/v1/setup/link')));
  terminal.out(`${url}\n`);
  terminal.error(`Open it in a browser. It works once, until ${expires_at}.\n`);
  return EXIT.ok;
}
