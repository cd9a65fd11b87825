import { messageOf } from '../lib/error-message.js';
import { popChecks } from '../contract/verify/dispatch/checks.js';
import { handOverChecks } from '../contract/verify/hand-over/checks.js';
import { showUrl } from '../contract/verify/hide.js';
import { Peer } from '../contract/verify/peer.js';
import { readFixtures } from '../contract/replay/read-fixtures.js';
import { replay } from '../contract/replay/replay.js';
import type { Sheet } from '../contract/verify/sheet.js';
import { webhookChecks } from '../contract/verify/webhooks/checks.js';
import { profileChanges } from '../directory/profiles.js';
import { digitsOf } from '../directory/numbers.js';
import { OutboundClient } from '../http/outbound.js';
import { telfaHandOver } from '../integrations/telfa/hand-over.js';
import { telfaProfile } from '../integrations/telfa/profile.js';
import { telfaWebhooks } from '../integrations/telfa/webhooks.js';
import { companySchema, type Company } from '../company/company.js';
import { CommandError, UsageError, type Terminal } from './command.js';
import { openDocument } from './file.js';
import { configuredLookup, verifyCustomers, verifyOrders } from './verify-lookups.js';
import { loginOf, number, report, secretOf, printSheet, type Setting, type VerifyOptions } from './verify-sheet.js';

const SHOP_LIMITS = { connectTimeoutMs: 3_000, totalTimeoutMs: 8_000 };
const WEBHOOK_LIMITS = { connectTimeoutMs: 3_000, totalTimeoutMs: 5_000 };

/** Used when no configuration is given. */
const NO_COMPANY = companySchema.parse({ version: 1 });
const CALLER = '+420777000999';
const LINE = '+420222333444';

/** Checks a web application against its contract. Succeeds when no check failed. */
export async function verify(url: string | undefined, options: VerifyOptions, terminal: Terminal): Promise<number> {
  if (options.fixtures !== undefined) return verifyFixtures(url, options.fixtures, options, terminal);
  const kind = options.kind ?? 'shop';
  const start = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (start === undefined) throw new UsageError(`--kind is one of ${Object.keys(KINDS).join(', ')}`);
  if (url !== undefined) checkAddress(url);
  const company = options.company === undefined ? NO_COMPANY : (await openDocument(options.company)).company;
  const address = url ?? configuredLookup(kind, company)?.url;
  if (address === undefined) throw new UsageError(NO_URL);
  const client = new OutboundClient();
  try {
    const caller = number('caller', options.caller ?? CALLER, company);
    const line = number('line', options.line ?? company.lines[0]?.number ?? LINE, company);
    const changes = changesOf(company, options.profile ?? 'telfa');
    const known = options.company !== undefined;
    const sheet = { kind, target: showUrl(address), rows: [] };
    return await start({ url: address, company, known, changes, caller, line, options, terminal, client }, sheet);
  } finally {
    await client.close();
  }
}

const KINDS: Record<string, (setting: Setting, sheet: Sheet) => Promise<number>> = {
  shop: verifyShop,
  webhooks: verifyWebhooks,
  dispatch: verifyDispatch,
  orders: verifyOrders,
  customers: verifyCustomers,
};

const NO_URL = 'cordboard verify needs the URL that the gateway is to call, such as https://shop.example/launch.php';

function checkAddress(url: string): void {
  if (!/^https?:\/\/./i.test(url) || !URL.canParse(url)) throw new UsageError(NO_URL);
}

function verifyShop(setting: Setting, sheet: Sheet): Promise<number> {
  const { url, company, known, changes, options, client, caller, line } = setting;
  const { order: orders = [], 'unknown-order': unknownOrder = '9' } = options;
  for (const digits of [...orders, unknownOrder])
    if (!/^\d{1,64}$/.test(digits)) throw new UsageError('an order number consists of digits, since callers type it');
  if (orders.includes(unknownOrder)) throw new UsageError('the unknown order is the same as a known one');
  const ids = (things: { id: number }[]) => (known ? new Set(things.map(({ id }) => id)) : undefined);
  const shop = {
    peer: new Peer(client, url, SHOP_LIMITS),
    contract: telfaHandOver,
    profile: profileOf(changes),
    known: { prompts: ids(company.prompts), queues: ids(company.queues) },
    caller,
    line,
    country: company.country,
    orders,
    unknownOrder,
  };
  return report(handOverChecks, shop, sheet, setting);
}

function verifyDispatch(setting: Setting, sheet: Sheet): Promise<number> {
  const { url, options, client, caller, line, terminal } = setting;
  if (options.secret === undefined)
    throw new UsageError(
      '--kind dispatch needs --secret VARIABLE, the variable with an operator’s token of the dispatch',
    );
  if (!url.includes('{clid}') || !url.includes('{access_token}'))
    throw new UsageError('the address of the page needs {access_token} and {clid}');
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
    login: loginOf(options),
    secrets,
    changes,
    caller,
    line,
    country: company.country,
    timeZone: company.time_zone,
  };
  return report(webhookChecks, hook, sheet, setting);
}

async function verifyFixtures(
  url: string | undefined,
  folder: string,
  options: VerifyOptions,
  terminal: Terminal,
): Promise<number> {
  if (url !== undefined) throw new UsageError('use either a URL or --fixtures');
  const company = options.company === undefined ? NO_COMPANY : (await openDocument(options.company)).company;
  const changes = changesOf(company, options.profile ?? 'telfa');
  const profile = orRefuse(() => telfaProfile.parse(changes));
  const fixtures = await readFixtures(folder).catch((error: unknown) => {
    throw new CommandError(messageOf(error));
  });
  if (fixtures.length === 0) throw new CommandError(`there are no fixtures in ${folder}`);
  const rows = await replay(fixtures, { contract: telfaHandOver, profile, company });
  return printSheet({ kind: 'fixtures', target: folder, rows }, options, terminal);
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
    throw new CommandError(`the profile is invalid: ${messageOf(error)}`);
  }
}
