import { randomBytes } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { AsteriskError, type AsteriskPort, type HandsetAccount } from '../asterisk/port.js';
import { atMost } from '../lib/at-most.js';
import type { Logger } from '../lib/logger.js';
import { createSecretFile, readSecretFile, storeSecretFile } from '../lib/secret-file.js';
import { Provisioner, unreachable } from './provisioner.js';
import type { Handset } from './schema.js';

/** 160 bits, as hexadecimal digits that can be read out and typed on a desk phone. */
const PASSWORD_BYTES = 20;
const FILES_AT_ONCE = 16;
/** A folder that changed less than this ago (ms) can change again with the same time. */
const TIME_STEP_MS = 1000;

type HandsetActions = 'putHandset' | 'removeHandset' | 'currentHandsets' | 'listHandsets';

interface HandsetProvisionerOptions {
  asterisk: Pick<AsteriskPort, 'usable' | 'onEvent' | 'endpointState' | HandsetActions>;
  /** Folder of the secrets. The password of a handset is the file `handset-<name>`, readable by its owner only. */
  secretsDir: string;
  handsets: () => { handsets: Handset[]; languages: string[] };
  /** Whether the operator of the handset may not see numbers. */
  masksCallers: (handset: string) => boolean;
  /** Handsets whose phones show new messages. */
  withLamp: () => ReadonlySet<string>;
  /** Called when a new password is stored: the gateways of other nodes have to write it into their Asterisks. Default: there are none. */
  onRenewed?: () => void;
  logger: Logger;
}

/** Writes the company's handsets into Asterisk as SIP accounts, after each connect and each change. */
export class HandsetProvisioner extends Provisioner<HandsetProvisionerOptions> {
  /** By handset; the files are the truth. */
  readonly #passwords = new Map<string, string>();
  /** When the folder had changed when its files were read (ms); undefined: too shortly before. */
  #readAsOf: number | undefined;

  constructor(options: HandsetProvisionerOptions) {
    super('handsets', options);
  }

  /** Creates a new password for a handset. Phones with the old one lose access when Asterisk has it: now, or at the next connect. */
  async renewPassword(name: string): Promise<string> {
    const password = newPassword();
    await storeSecretFile(this.#secretFile(name), password);
    this.#passwords.set(name, password);
    this.options.onRenewed?.();
    await this.reconcile();
    return password;
  }

  /** Writes what another gateway may have renewed without a word: there may be no Redis. */
  async readRenewed(): Promise<void> {
    if ((await this.#filesChangedAt()) !== this.#readAsOf) void this.reconcile();
  }

  /** The present password of a handset; undefined before it was written into Asterisk for the first time. */
  knownPassword(name: string): string | undefined {
    return this.#passwords.get(name);
  }

  protected override async apply(): Promise<void> {
    const { asterisk, handsets } = this.options;
    const { handsets: all, languages } = handsets();
    const wanted = all.filter(({ endpoint }) => endpoint === undefined);
    const lamps = this.options.withLamp();
    const changedAt = await this.#filesChangedAt();
    this.#readAsOf = changedAt !== undefined && changedAt < Date.now() - TIME_STEP_MS ? changedAt : undefined;
    const accounts = await atMost(FILES_AT_ONCE, wanted, async (handset) => ({
      ...(await this.#accountOf(handset, languages)),
      hasMessageLamp: lamps.has(handset.name),
    }));
    if (!asterisk.usable) throw unreachable();
    const current = await asterisk.currentHandsets(accounts);
    const failures: { name: string; message: string }[] = [];
    // One at a time: a PUT of an AOR makes Asterisk read all endpoints, and it warns of each that is half written.
    for (const account of accounts.filter(({ name }) => !current.has(name))) {
      // A handset that Asterisk rejects must not prevent the others.
      await asterisk.putHandset(account).catch((error: unknown) => {
        if (!(error instanceof AsteriskError) || error.reason === 'unavailable') throw error;
        failures.push({ name: account.name, message: error.message });
      });
    }
    const names = new Set(wanted.map(({ name }) => name));
    for (const name of await asterisk.listHandsets()) {
      if (names.has(name)) continue;
      await asterisk.removeHandset(name);
      await rm(this.#secretFile(name), { force: true });
      this.#passwords.delete(name);
    }
    const missing = await this.#missingEndpoints(all);
    const failed = failures.length === 0 ? [] : [describeFailures(failures, wanted.length)];
    if (failed.length + missing.length > 0) throw new Error([...failed, ...missing].join('; '));
  }

  /** A problem for each telephone of the company's own that Asterisk does not know. */
  async #missingEndpoints(handsets: readonly Handset[]): Promise<string[]> {
    const { asterisk } = this.options;
    const foreign = handsets.flatMap(({ name, endpoint }) => (endpoint === undefined ? [] : [{ name, endpoint }]));
    const states = await atMost(FILES_AT_ONCE, foreign, ({ endpoint }) => asterisk.endpointState(endpoint));
    return foreign
      .filter((_, index) => states[index] === 'unknown')
      .map(({ name, endpoint }) => `handset ${name}: Asterisk has no PJSIP endpoint ${endpoint}`);
  }

  async #accountOf(handset: Handset, languages: readonly string[]): Promise<HandsetAccount> {
    return {
      name: handset.name,
      password: await this.#password(handset.name),
      displayName: handset.display_name || handset.name,
      language: handset.language ?? languages[0] ?? 'en',
      maxContacts: handset.max_contacts,
      webrtc: handset.webrtc,
      encryption: handset.encryption,
      digest: handset.digest,
      masksCallers: this.options.masksCallers(handset.name),
    };
  }

  async #password(name: string): Promise<string> {
    const file = this.#secretFile(name);
    let password = await readSecretFile(file);
    if (password === undefined) {
      const made = newPassword();
      await createSecretFile(file, made);
      // Another gateway may have been first.
      password = (await readSecretFile(file)) ?? made;
    }
    this.#passwords.set(name, password.trim());
    return password.trim();
  }

  async #filesChangedAt(): Promise<number | undefined> {
    return stat(this.options.secretsDir).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
  }

  #secretFile(name: string): string {
    return path.join(this.options.secretsDir, `handset-${name}`);
  }
}

function newPassword(): string {
  return randomBytes(PASSWORD_BYTES).toString('hex');
}

const MAX_NAMES = 5;

function describeFailures(failures: { name: string; message: string }[], all: number): string {
  const messages = [...new Set(failures.map(({ message }) => message))];
  const names = failures.slice(0, MAX_NAMES).map(({ name }) => name);
  const more = failures.length > names.length ? ` and ${failures.length - names.length} more` : '';
  const subject =
    failures.length === all ? 'no handset could be created' : `could not create ${names.join(', ')}${more}`;
  return `${subject}: ${messages.join('; ')}`;
}
