import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { AmiAddress } from '../asterisk/ami/ami-address.js';
import { AriHttp } from '../asterisk/ari/ari-http.js';
import { ariPath } from '../asterisk/ari/ari-request.js';
import { DEFAULT_TIMING } from '../asterisk/link.js';
import { AsteriskNames } from '../asterisk/names.js';
import { awaitOwnership, OwnedByAnotherInstallation } from '../asterisk/ownership.js';
import { lookAtAsterisk, quietContext } from '../connect/look.js';
import { OwnFolder, USUAL_FOLDER } from '../connect/own-folder.js';
import { sheetText, type Finding } from '../connect/sheet.js';
import { DIALPLAN_DEFAULTS, type SnippetValues } from '../connect/snippets.js';
import { withdrawFromAsterisk } from '../connect/withdraw.js';
import { systemClock } from '../lib/clock.js';
import { messageOf } from '../lib/error-message.js';
import { readSecretFile, storeSecretFile } from '../lib/secret-file.js';
import { CommandError, EXIT, UsageError, type Terminal } from './command.js';
import { SECRET_FILES } from './environment.js';

export interface ConnectOptions {
  check: boolean;
  remove: boolean;
  /** Folder of Asterisk's configuration on this machine. */
  config: string | undefined;
}

const SECRET_BYTES = 24;

const word = z.string().regex(/^[A-Za-z0-9_-]+$/, 'letters, digits, - and _');
const password = z.string().regex(/^[!-~]{16,}$/, 'at least 16 characters without spaces');
const settings = z.object({
  ARI_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:8088'),
  ARI_APP: word.default('cordboard'),
  ARI_USER: word.default('cordboard'),
  AMI_HOST: z.string().optional(),
  AMI_PORT: z.coerce.number().int().default(5038),
  AMI_USER: word.default('cordboard'),
  AMI_CONFIG_USER: word.default('cordboard-config'),
  ARI_PASSWORD: password.optional(),
  AMI_PASSWORD: password.optional(),
  AMI_CONFIG_PASSWORD: password.optional(),
  TRUNK_ENDPOINT: word.default('trunk'),
  LEASH_S: z
    .string()
    .regex(/^\d{1,5}$/)
    .default(DIALPLAN_DEFAULTS.LEASH_S),
  FALLBACK_LANGUAGE: z.enum(['cs', 'ru', 'en']).default(DIALPLAN_DEFAULTS.FALLBACK_LANGUAGE),
  FALLBACK_WAIT_S: z
    .string()
    .regex(/^\d{1,5}$/)
    .default(DIALPLAN_DEFAULTS.FALLBACK_WAIT_S),
  FALLBACK_DIAL: z
    .string()
    .regex(/^[A-Za-z0-9/@+._&:-]+$/)
    .default(DIALPLAN_DEFAULTS.FALLBACK_DIAL),
});

type Settings = z.output<typeof settings>;
type Secrets = Record<'ARI_PASSWORD' | 'AMI_PASSWORD' | 'AMI_CONFIG_PASSWORD', string>;
/** `cordboard connect`: joins an existing Asterisk, looks at it, or leaves it again. */
export async function connect(options: ConnectOptions, terminal: Terminal): Promise<number> {
  if (options.check && options.remove) throw new UsageError('one of --check and --remove, not both');
  const machine = await Machine.read(options.config, terminal);
  if (options.remove) return machine.leave();
  if (!options.check) await machine.writeFiles();
  return machine.look();
}

class Machine {
  readonly #names: AsteriskNames;
  readonly #folder: OwnFolder | undefined;

  private constructor(
    private readonly settings: Settings,
    private readonly secrets: Secrets,
    private readonly etc: string | undefined,
    private readonly terminal: Terminal,
  ) {
    this.#names = new AsteriskNames(settings.ARI_APP);
    this.#folder = etc === undefined ? undefined : new OwnFolder(etc, this.#names);
  }

  static async read(config: string | undefined, terminal: Terminal): Promise<Machine> {
    const given = Object.fromEntries(Object.entries(terminal.env).filter(([, value]) => value !== ''));
    const parsed = settings.safeParse(given);
    if (!parsed.success)
      throw new UsageError(
        parsed.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`).join('\n'),
      );
    const etc = config ?? ((await isFolder(USUAL_FOLDER)) ? USUAL_FOLDER : undefined);
    if (config !== undefined && !(await isFolder(config))) throw new CommandError(`--config: ${config} is no folder`);
    const secrets = await readSecrets(path.resolve(terminal.env['CORDBOARD_DATA'] ?? 'data', 'secrets'), parsed.data);
    return new Machine(parsed.data, secrets, etc, terminal);
  }

  async writeFiles(): Promise<void> {
    if (this.#folder === undefined)
      throw new UsageError(
        `there is no ${USUAL_FOLDER}: run it on Asterisk's machine, name the folder of its configuration with --config DIR, or only look with --check`,
      );
    try {
      await this.#folder.write(this.#values);
    } catch (error) {
      throw new CommandError(`${this.etc ?? ''}: ${messageOf(error)}`);
    }
    this.terminal.out(`Written: ${path.join(this.etc ?? '', this.#names.app)}/\n\n`);
  }

  async look(): Promise<number> {
    const files = (await this.#folder?.findings()) ?? [];
    const found = [...files, ...(await this.#inspect())];
    this.terminal.out(sheetText(found));
    const missing = found.filter(({ state }) => state === 'missing').length;
    if (files.some(({ state }) => state === 'missing'))
      this.terminal.out(
        '\nAfter adding the lines: asterisk -rx "core reload"; for sorcery.conf restart Asterisk. Then look again with --check.\n',
      );
    else if (missing === 0)
      this.terminal.out(`\nSet ARI_URL=${this.settings.ARI_URL} in .env, and run ./scripts/start.\n`);
    return missing === 0 ? EXIT.ok : EXIT.problems;
  }

  async leave(): Promise<number> {
    await this.#requireStoppedGateway();
    try {
      await withdrawFromAsterisk({
        ari: this.#ari,
        ami: this.#ami,
        amiConfig: this.#amiConfig,
        log: quietContext().log,
      });
    } catch (error) {
      throw new CommandError(`nothing of the files was removed: ${messageOf(error)}`);
    }
    this.terminal.out(`Removed from Asterisk: SIP accounts, queues, music and states of ${this.#names.app}\n`);
    const lines = (await this.#folder?.remove()) ?? [];
    if (this.etc !== undefined) this.terminal.out(`Removed: ${path.join(this.etc, this.#names.app)}/\n`);
    if (lines.length > 0)
      this.terminal.out(`Remove these lines, and run asterisk -rx "core reload":\n  ${lines.join('\n  ')}\n`);
    return EXIT.ok;
  }

  /** The application stays in Asterisk after its gateway was stopped, so that only the heartbeat tells whether it runs. */
  async #requireStoppedGateway(): Promise<void> {
    const { app } = this.#names;
    const http = new AriHttp(this.#ari, DEFAULT_TIMING.requestMs);
    try {
      const { status } = await http.send({ method: 'GET', path: ariPath('applications', app) });
      if (status !== 200) return;
      const nobody = { id: '', mustYield: true };
      await awaitOwnership(nobody, app, (request) => http.send(request), systemClock, new AbortController().signal);
    } catch (error) {
      if (error instanceof OwnedByAnotherInstallation)
        throw new CommandError('the gateway is connected to this Asterisk: stop it first (./scripts/stop)');
      throw new CommandError(messageOf(error));
    } finally {
      await http.close();
    }
  }

  #inspect(): Promise<Finding[]> {
    return lookAtAsterisk({
      ari: this.#ari,
      ami: this.#ami,
      amiConfig: this.#amiConfig,
      names: this.#names,
      trunk: this.settings.TRUNK_ENDPOINT,
      etc: this.etc,
    });
  }

  get #values(): SnippetValues {
    const { ARI_URL, LEASH_S, FALLBACK_LANGUAGE, FALLBACK_WAIT_S, FALLBACK_DIAL } = this.settings;
    const { ARI_APP, ARI_USER, AMI_USER, AMI_CONFIG_USER, AMI_PORT } = this.settings;
    return {
      ...this.secrets,
      ARI_APP,
      ARI_USER,
      AMI_USER,
      AMI_CONFIG_USER,
      LEASH_S,
      FALLBACK_LANGUAGE,
      FALLBACK_WAIT_S,
      FALLBACK_DIAL,
      AMI_PORT: String(AMI_PORT),
      MANAGEMENT_ADDRESS: new URL(ARI_URL).hostname,
    };
  }

  get #ari() {
    const { ARI_URL: url, ARI_USER: user, ARI_APP: app } = this.settings;
    return { url, user, password: this.secrets.ARI_PASSWORD, app };
  }

  get #ami(): AmiAddress {
    const { ARI_URL, AMI_HOST, AMI_PORT: port, AMI_USER: user } = this.settings;
    return { host: AMI_HOST ?? new URL(ARI_URL).hostname, port, user, password: this.secrets.AMI_PASSWORD };
  }

  get #amiConfig(): AmiAddress {
    return { ...this.#ami, user: this.settings.AMI_CONFIG_USER, password: this.secrets.AMI_CONFIG_PASSWORD };
  }
}

/** The passwords of the environment, else those of the data folder, which are generated once. */
async function readSecrets(folder: string, given: Settings): Promise<Secrets> {
  const secret = async (name: keyof Secrets) =>
    given[name] ?? (await keptSecret(path.join(folder, SECRET_FILES[name])));
  return {
    ARI_PASSWORD: await secret('ARI_PASSWORD'),
    AMI_PASSWORD: await secret('AMI_PASSWORD'),
    AMI_CONFIG_PASSWORD: await secret('AMI_CONFIG_PASSWORD'),
  };
}

async function keptSecret(file: string): Promise<string> {
  const known = (await readSecretFile(file))?.trim() ?? '';
  if (known !== '') return known;
  const made = randomBytes(SECRET_BYTES).toString('hex');
  await storeSecretFile(file, made);
  return made;
}

function isFolder(folder: string): Promise<boolean> {
  return stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
