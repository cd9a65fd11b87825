import { failed, runChecks, type Check, type Sheet } from '../contract/verify/sheet.js';
import { printFoot, printHead, printRow } from '../contract/verify/print.js';
import { toE164 } from '../directory/numbers.js';
import type { OutboundClient } from '../http/outbound.js';
import type { Company } from '../company/company.js';
import { compact } from '../lib/compact.js';
import { SECRET_NAME } from '../webhooks/schema.js';
import { CommandError, EXIT, UsageError, type Terminal } from './command.js';

export interface VerifyOptions {
  kind?: string | undefined;
  company?: string | undefined;
  profile?: string | undefined;
  order?: string[] | undefined;
  'unknown-order'?: string | undefined;
  'unknown-caller'?: string | undefined;
  secret?: string | undefined;
  'basic-auth'?: string | undefined;
  bearer?: string | undefined;
  caller?: string | undefined;
  line?: string | undefined;
  fixtures?: string | undefined;
  json?: boolean | undefined;
}

/** The inputs of a check. */
export interface Setting {
  url: string;
  company: Company;
  known: boolean;
  changes: Record<string, unknown>;
  /** E.164, like the line. */
  caller: string;
  line: string;
  options: VerifyOptions;
  terminal: Terminal;
  client: OutboundClient;
}

export function printSheet(sheet: Sheet, { json }: VerifyOptions, { out }: Terminal): number {
  if (json === true) out(`${JSON.stringify({ ...sheet, ok: !failed(sheet.rows) }, null, 2)}\n`);
  else out(printHead(sheet) + sheet.rows.map(printRow).join('') + printFoot(sheet.rows));
  return failed(sheet.rows) ? EXIT.problems : EXIT.ok;
}

export async function report<P>(
  checks: readonly Check<P>[],
  peer: P,
  sheet: Sheet,
  { options, terminal }: Setting,
): Promise<number> {
  if (options.json === true) return printSheet({ ...sheet, rows: await runChecks(checks, peer) }, options, terminal);
  // Rows are printed one by one: a slow peer can take minutes.
  terminal.out(printHead(sheet));
  const rows = await runChecks(checks, peer, (row) => terminal.out(printRow(row)));
  terminal.out(printFoot(rows));
  return failed(rows) ? EXIT.problems : EXIT.ok;
}

/** @throws {UsageError} */
export function number(option: string, text: string, { country }: Company): string {
  const e164 = toE164(text, country);
  if (e164 === undefined) throw new UsageError(`--${option} is a phone number such as +420777888999`);
  return e164;
}

/** The names of the environment variables with the secrets; an option that is not given, or empty, is left out. */
export function loginOf({
  secret,
  'basic-auth': basic_auth,
  bearer,
}: Pick<VerifyOptions, 'secret' | 'basic-auth' | 'bearer'>): { secret?: string; basic_auth?: string; bearer?: string } {
  return compact({
    secret: secret || undefined,
    basic_auth: basic_auth || undefined,
    bearer: bearer || undefined,
  });
}

/** @throws {UsageError} */
export function secretOf(env: Terminal['env'], name: string): string {
  if (!SECRET_NAME.test(name))
    throw new UsageError('a secret is given by the name of its environment variable, which begins with WEBHOOK_');
  const value = env[name];
  if (value === undefined || value === '') throw new CommandError(`${name} is not set in the environment`);
  return value;
}
