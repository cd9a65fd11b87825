import { createInterface } from 'node:readline';
import { z } from 'zod';
import { EXIT, type Terminal } from './command.js';
import { Gateway } from './gateway.js';

const answer = z.object({ password: z.string() });

/**
 * Sets an operator's password.
 *
 * @param fromInput reads it from the first line of standard input, so that it appears neither in the shell's history nor in the process
 * list; otherwise a password is generated and printed
 */
export async function setPassword(
  login: string,
  { fromInput }: { fromInput: boolean },
  terminal: Terminal,
): Promise<number> {
  const chosen = fromInput ? await firstLine(terminal.input) : undefined;
  const gateway = await Gateway.of(terminal);
  const { password } = answer.parse(
    JSON.parse(
      await gateway.request('PUT', `/api/v1/accounts/${encodeURIComponent(login)}/password`, {
        type: 'application/json',
        body: JSON.stringify({ password: chosen }),
      }),
    ),
  );
  terminal.out(
    chosen === undefined ? `New password of ${login}, shown only once: ${password}\n` : `The password is set.\n`,
  );
  return EXIT.ok;
}

async function firstLine(input: Terminal['input']): Promise<string> {
  if (input === undefined) return '';
  const lines = createInterface({ input });
  for await (const line of lines) return line;
  return '';
}
