import { AsteriskError, type AsteriskPort } from '../asterisk/port.js';
import { EndpointTaken, type TrunkAccount, type TrunkPort } from '../asterisk/trunks/trunk-port.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { MINUTE_MS } from '../lib/time.js';
import { asE164 } from './numbers.js';
import { Provisioner, unreachable } from './provisioner.js';
import { numberForTrunk } from './trunk-numbers.js';
import { inEnglish, trunkProblem, type TrunkProblem } from './trunk-problem.js';
import type { Trunk } from './trunk-schema.js';
import type { TrunkSecrets } from './trunk-secrets.js';
import { goesThroughFront } from './trunk-front.js';
import { sourcesOf } from './trunk-sources.js';

interface TrunkProvisionerOptions {
  asterisk: Pick<AsteriskPort, 'usable' | 'onEvent'> & { trunks: Pick<TrunkPort, 'put' | 'remove' | 'list'> };
  company: () => { trunks: readonly Trunk[]; country: string };
  secrets: TrunkSecrets;
  /** Host and port of the proxy in front of Asterisk; undefined: none. */
  front?: string | undefined;
  clock: Clock;
  logger: Logger;
}

/** How often the addresses of host names are looked up again. */
const LOOK_UP_EVERY_MS = 5 * MINUTE_MS;

/** Writes the company's trunks into Asterisk, after each connect and each change. */
export class TrunkProvisioner extends Provisioner<TrunkProvisionerOptions> {
  #cancelLookUp: () => void = () => undefined;
  /** Why a trunk could not be written, by its name. */
  readonly #failures = new Map<string, TrunkProblem>();
  /** The trunks of the last run. */
  #before: readonly Trunk[] = [];

  constructor(options: TrunkProvisionerOptions) {
    super('trunks', options);
  }

  override start(): void {
    super.start();
    this.#scheduleLookUp();
  }

  override async stop(): Promise<void> {
    this.#cancelLookUp();
    await super.stop();
    this.#cancelLookUp();
  }

  /** Why this trunk is not, or not wholly, in Asterisk; undefined when it is. */
  failureOf(name: string): TrunkProblem | undefined {
    return this.#failures.get(name);
  }

  protected override async apply(): Promise<void> {
    const { asterisk, company, secrets, clock } = this.options;
    const { trunks, country } = company();
    await Promise.all(trunks.map((trunk) => this.#bringBackPassword(trunk)));
    const wanted = trunks.filter(({ enabled }) => enabled);
    const accounts = await Promise.all(wanted.map((trunk) => this.#accountOf(trunk, country)));
    if (!asterisk.usable) throw unreachable();
    this.#failures.clear();
    for (const { account, unknown } of accounts) {
      // Asterisk refuses a login without a password, and says neither which nor why.
      if (account.user !== undefined && account.password === undefined) {
        this.#failures.set(account.name, trunkProblem('no_password', { user: account.user }));
        continue;
      }
      if (unknown.length > 0)
        this.#failures.set(account.name, trunkProblem('unknown_host', { hosts: unknown.join(', ') }));
      // A trunk that Asterisk rejects must not prevent the others.
      await asterisk.trunks.put(account).catch((error: unknown) => {
        if (!(error instanceof AsteriskError) || error.reason === 'unavailable') throw error;
        const isTaken = error instanceof EndpointTaken;
        this.#failures.set(
          account.name,
          isTaken
            ? trunkProblem('name_taken', { name: account.name })
            : trunkProblem('not_written', { details: error.message }),
        );
      });
    }
    const names = new Set(wanted.map(({ name }) => name));
    const left = (await asterisk.trunks.list()).filter((name) => !names.has(name));
    for (const name of left) await asterisk.trunks.remove(name);
    const isGone = (name: string) => !trunks.some((trunk) => trunk.name === name);
    for (const trunk of this.#before.filter(({ name }) => isGone(name)))
      await secrets.setAside(trunk.name, accountKeyOf(trunk), clock.now());
    for (const name of left.filter(isGone)) await secrets.remove(name);
    this.#before = trunks;
    if (this.#failures.size > 0)
      throw new Error([...this.#failures].map(([name, failure]) => `${name}: ${inEnglish(failure)}`).join('; '));
  }

  async #accountOf(trunk: Trunk, country: string): Promise<{ account: TrunkAccount; unknown: string[] }> {
    const { name, way, server, domain, user, transport, encryption, codecs, checks } = trunk;
    const { sources, unknown } = await sourcesOf(trunk);
    return {
      unknown,
      account: {
        name,
        registers: way === 'registration',
        server,
        domain: domain === server.replace(/:\d+$/, '') ? undefined : domain,
        user,
        password: await this.options.secrets.read(name),
        contactUser: contactUserOf(trunk, country),
        transport,
        encryption,
        codecs,
        sources,
        front: goesThroughFront(trunk) ? this.options.front : undefined,
        checks,
      },
    };
  }

  /** The password of a trunk whose removal was undone. */
  async #bringBackPassword(trunk: Trunk): Promise<void> {
    const { secrets, clock } = this.options;
    if ((await secrets.read(trunk.name)) === undefined)
      await secrets.bringBack(trunk.name, accountKeyOf(trunk), clock.now());
  }

  #scheduleLookUp(): void {
    const { clock, company, asterisk, secrets, logger } = this.options;
    this.#cancelLookUp = clock.wakeAt(clock.now() + LOOK_UP_EVERY_MS, () => {
      void secrets
        .forgetRemoved(clock.now())
        .catch((error: unknown) => logger.warn({ err: error }, 'passwords of removed trunks could not be removed'));
      if (asterisk.usable && company().trunks.length > 0) void this.reconcile();
      this.#scheduleLookUp();
    });
  }
}

/** A password is for this account alone: another trunk of the same name must not send it to another server. */
function accountKeyOf({ server, domain = '', user = '' }: Trunk): string {
  return [server, domain, user].join(' ');
}

/** The dialplan takes calls to numbers only. */
function contactUserOf(trunk: Trunk, country: string): string {
  const { account_number, lines, user = '' } = trunk;
  if (account_number === undefined && /^\+?\d+$/.test(user)) return user;
  const number = account_number ?? lines[0];
  return number === undefined ? user : numberForTrunk(asE164(number, country), trunk, country);
}
