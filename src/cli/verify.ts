import { popChecks } from '../contract/verify/dispatch/checks.js';
import { handOverChecks } from '../contract/verify/hand-over/checks.js';
import { showUrl } from '../contract/verify/hide.js';
import { Peer } from '../contract/verify/peer.js';
import { printFoot, printHead, printRow } from '../contract/verify/print.js';
import { readFixtures } from '../contract/replay/read-fixtures.js';
import { replay } from '../contract/replay/replay.js';
import { failed, runChecks, type Check, type Sheet } from '../contract/verify/sheet.js';
import { webhookChecks } from '../contract/verify/webhooks/checks.js';
import { profileChanges } from '../directory/profiles.js';
import { digitsOf, toE164 } from '../directory/numbers.js';
import { OutboundClient } from '../http/outbound.js';
import { telfaHandOver } from '../integrations/telfa/hand-over.js';
import { telfaProfile } from '../integrations/telfa/profile.js';
import { telfaWebhooks } from '../integrations/telfa/webhooks.js';
import { companySchema, type Company } from '../plan/company.js';
import { SECRET_NAME } from '../webhooks/schema.js';
import { CommandError, EXIT, UsageError, type Terminal } from './command.js';
import { openDocument } from './file.js';

export interface VerifyOptions {
  kind?: string | undefined;
  company?: string | undefined;
  profile?: string | undefined;
  order?: string[] | undefined;
  'unknown-order'?: string | undefined;
  secret?: string | undefined;
  'basic-auth'?: string | undefined;
  bearer?: string | undefined;
  caller?: string | undefined;
  line?: string | undefined;
  fixtures?: string | undefined;
  json?: boolean | undefined;
}

const SHOP_LIMITS = { connectTimeoutMs: 3_000, totalTimeoutMs: 8_000 };
const WEBHOOK_LIMITS = { connectTimeoutMs: 3_000, totalTimeoutMs: 5_000 };

/** What is known of the company when no configuration is given. */
const NO_COMPANY = companySchema.parse({ version: 1 });
const CALLER = '+420777000999';
const LINE = '+420222333444';

interface Setting {
  url: string;
  company: Company;
  known: boolean;
  changes: Record<string, unknown>;
  caller: string;
  line: string;
  options: VerifyOptions;
  terminal: Terminal;
  client: OutboundClient;
}

/** Takes a web application through its contract. Ends well when nothing failed. */
export async function verify(url: string | undefined, options: VerifyOptions, terminal: Terminal): Promise<number> {
  if (options.fixtures !== undefined) return verifyFixtures(url, options.fixtures, options, terminal);
  if (url === undefined || !/^https?:\/\/./i.test(url) || !URL.canParse(url))
    throw new UsageError(
      'cordboard verify needs the URL that the gateway is to call, such as https://shop.example/launch.php',
    );
  const kind = options.kind ?? 'shop';
  const start = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (start === undefined) throw new UsageError(`--kind is one of ${Object.keys(KINDS).join(', ')}`);
  const company = options.company === undefined ? NO_COMPANY : (await openDocument(options.company)).company;
  const client = new OutboundClient();
  try {
    const caller = number('caller', options.caller ?? CALLER, company);
    const line = number('line', options.line ?? company.lines[0]?.number ?? LINE, company);
    const changes = changesOf(company, options.profile ?? 'telfa');
    const known = options.company !== undefined;
    const sheet = { kind, target: showUrl(url), rows: [] };
    return await start({ url, company, known, changes, caller, line, options, terminal, client }, sheet);
  } finally {
    await client.close();
  }
}

const KINDS: Record<string, (setting: Setting, sheet: Sheet) => Promise<number>> = {
  shop: verifyShop,
  webhooks: verifyWebhooks,
  dispatch: verifyDispatch,
};

function verifyShop(setting: Setting, sheet: Sheet): Promise<number> {
  const { url, company, known, changes, options, client, caller, line } = setting;
  const { order: orders = [], 'unknown-order': unknownOrder = '9' } = options;
  for (const digits of [...orders, unknownOrder])
    if (!/^\d{1,64}$/.test(digits)) throw new UsageError('an order number is what a caller can type: digits');
  if (orders.includes(unknownOrder)) throw new UsageError('the unknown order is one of the known ones');
  const ids = (things: { id: number }[]) => (known ? new Set(things.map(({ id }) => id)) : undefined);
  const shop = {
    peer: new Peer(client, url, SHOP_LIMITS),
    contract: telfaHandOver,
    profile: profileOf(changes),
    known: { prompts: ids(company.prompts), queues: ids(company.queues) },
    ...{ caller, line, country: company.country, orders, unknownOrder },
  };
  return report(handOverChecks, shop, sheet, setting);
}

function verifyDispatch(setting: Setting, sheet: Sheet): Promise<number> {
  const { url, options, client, caller, line, terminal } = setting;
  if (options.secret === undefined)
    throw new UsageError('--kind dispatch needs --secret VARIABLE: where an operator’s token of the dispatch is');
  if (!url.includes('{clid}') || !url.includes('{access_token}'))
    throw new UsageError('the address of the page has {access_token} and {clid} where those are to stand');
  const token = secretOf(terminal.env, options.secret);
  const pop = { client, template: url, token, clid: digitsOf(caller), did: digitsOf(line) };
  return report(popChecks, pop, sheet, setting);
}

function verifyWebhooks(setting: Setting, sheet: Sheet): Promise<number> {
  const { url, company, changes, options, client, caller, line, terminal } = setting;
  const { secret, 'basic-auth': basic_auth, bearer } = options;
  const secrets = Object.fromEntries(
    [secret, basic_auth, bearer]
      .filter((name) => name !== undefined)
      .map((name) => [name, secretOf(terminal.env, name)]),
  );
  const hook = {
    peer: new Peer(client, url, WEBHOOK_LIMITS),
    contract: telfaWebhooks,
    login: { ...(secret && { secret }), ...(basic_auth && { basic_auth }), ...(bearer && { bearer }) },
    ...{ secrets, changes, caller, line, country: company.country, timeZone: company.time_zone },
  };
  return report(webhookChecks, hook, sheet, setting);
}

async function verifyFixtures(
  url: string | undefined,
  folder: string,
  options: VerifyOptions,
  terminal: Terminal,
): Promise<number> {
  if (url !== undefined) throw new UsageError('either a URL or --fixtures');
  const company = options.company === undefined ? NO_COMPANY : (await openDocument(options.company)).company;
  const changes = changesOf(company, options.profile ?? 'telfa');
  const profile = orRefuse(() => telfaProfile.parse(changes));
  const fixtures = await readFixtures(folder).catch((error: unknown) => {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  });
  if (fixtures.length === 0) throw new CommandError(`there is nothing in ${folder}`);
  const rows = replay(fixtures, { contract: telfaHandOver, profile, country: company.country });
  return show({ kind: 'fixtures', target: folder, rows }, options, terminal);
}

function show(sheet: Sheet, { json }: VerifyOptions, { out }: Terminal): number {
  if (json === true) out(`${JSON.stringify({ ...sheet, ok: !failed(sheet.rows) }, null, 2)}\n`);
  else out(printHead(sheet) + sheet.rows.map(printRow).join('') + printFoot(sheet.rows));
  return failed(sheet.rows) ? EXIT.problems : EXIT.ok;
}

async function report<P>(
  checks: readonly Check<P>[],
  peer: P,
  sheet: Sheet,
  { options, terminal }: Setting,
): Promise<number> {
  if (options.json === true) return show({ ...sheet, rows: await runChecks(checks, peer) }, options, terminal);
  // Rows appear one by one: a slow peer makes this a matter of minutes.
  terminal.out(printHead(sheet));
  const rows = await runChecks(checks, peer, (row) => terminal.out(printRow(row)));
  terminal.out(printFoot(rows));
  return failed(rows) ? EXIT.problems : EXIT.ok;
}

function number(option: string, text: string, { country }: Company): string {
  const e164 = toE164(text, country);
  if (e164 === undefined) throw new UsageError(`--${option} is a phone number such as +420777888999`);
  return e164;
}

/** @throws {CommandError} */
function changesOf({ profiles }: Company, name: string): Record<string, unknown> {
  if (name !== 'telfa' && profiles[name] === undefined)
    throw new CommandError(`there is no profile "${name}"; give the configuration that has it with --company`);
  return orRefuse(() => profileChanges(profiles, name));
}

function profileOf(changes: Record<string, unknown>): unknown {
  return orRefuse(() => telfaHandOver.profile(changes));
}

function orRefuse<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new CommandError(`the profile cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @throws {UsageError} */
function secretOf(env: Terminal['env'], name: string): string {
  if (!SECRET_NAME.test(name))
    throw new UsageError('a secret is named by its environment variable, which begins with WEBHOOK_');
  const value = env[name];
  if (value === undefined || value === '') throw new CommandError(`${name} is not set in the environment`);
  return value;
}
