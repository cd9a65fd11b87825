import type { Clock } from '../lib/clock.js';
import { messageOf } from '../lib/error-message.js';
import type { AmiAddress } from './ami/ami-address.js';
import { AmiConnection, textOf } from './ami/ami-connection.js';
import { readSections, type Section } from './ami/config-file.js';
import { AriHttp } from './ari/ari-http.js';
import { ariPath, bodyOf, type AriRequest } from './ari/ari-request.js';
import { endpointSchema, systemSchema } from './ari/ari-schema.js';
import { ignoringGone } from './ignored-errors.js';
import type { AriAddress } from './ari/ari-socket.js';
import { clockOffset, missingContexts, permittedActions, registrationsOf, runningModules } from './inspection.js';
import { DEFAULT_TIMING, type LinkLog } from './link.js';
import { AsteriskError } from './port.js';

/** An endpoint of Asterisk, as a check sees it. */
export interface ProbedEndpoint {
  /** Names of its codecs, in order of preference. */
  codecs: string[];
  /** SIP addresses of its contacts. */
  contacts: string[];
  isOnline: boolean;
}

/**
 * Looks at an Asterisk once, with logins of its own and without a running gateway: the checks of `cordboard doctor`. It changes
 * nothing and is not known to the running gateway. Every method throws {@link AsteriskError}.
 */
export interface AsteriskProbe {
  /** Over ARI, such as `22.10.1`. */
  version(): Promise<string>;
  /** False for a user of ari.conf with `read_only=yes`. */
  mayWriteOverAri(): Promise<boolean>;
  /** Names of the loaded modules, such as `codec_alaw`. */
  modules(): Promise<ReadonlySet<string>>;
  /** Actions that the AMI user is permitted, in lower case. */
  permittedActions(): Promise<ReadonlySet<string>>;
  /** Whether the user that writes queues is permitted `UpdateConfig`; undefined without such a user. */
  mayWriteConfig(): Promise<boolean | undefined>;
  missingContexts(names: readonly string[]): Promise<string[]>;
  /** Statuses of the outbound registrations of an endpoint. */
  registrations(endpoint: string): Promise<string[]>;
  /** Undefined when there is none. */
  endpoint(name: string): Promise<ProbedEndpoint | undefined>;
  /** Sections of a configuration file; undefined when it does not exist. */
  configuration(file: string): Promise<Section[] | undefined>;
  /** Asterisk's clock minus this one (ms), and how exact that is. */
  clockOffset(): Promise<{ offsetMs: number; exactToMs: number }>;
  close(): Promise<void>;
}

interface ProbeOptions {
  ari: AriAddress;
  ami: AmiAddress;
  amiConfig: AmiAddress | undefined;
  clock: Clock;
}

const SILENT: LinkLog = { debug: () => undefined, info: () => undefined, warn: () => undefined };
const NO_EVENTS = 'off';
/** No channel has this id: hanging it up does nothing, and needs the right to write. */
const NO_CHANNEL = 'cordboard-doctor-none';
const FORBIDDEN = 403;

export class RealProbe implements AsteriskProbe {
  readonly #http: AriHttp;
  readonly #opened = new Map<string, Promise<AmiConnection>>();

  constructor(private readonly options: ProbeOptions) {
    this.#http = new AriHttp(options.ari, DEFAULT_TIMING.requestMs);
  }

  async version(): Promise<string> {
    const info = await this.#rest({ method: 'GET', path: 'asterisk/info', query: { only: 'system' } });
    return systemSchema.parse(info).system.version;
  }

  async mayWriteOverAri(): Promise<boolean> {
    try {
      await this.#rest({ method: 'DELETE', path: ariPath('channels', NO_CHANNEL) });
      return true;
    } catch (error) {
      if (!(error instanceof AsteriskError)) throw error;
      if (error.reason === 'gone') return true;
      if (error.status === FORBIDDEN) return false;
      throw error;
    }
  }

  async modules(): Promise<ReadonlySet<string>> {
    return runningModules(await this.#rest({ method: 'GET', path: 'asterisk/modules' }));
  }

  async permittedActions(): Promise<ReadonlySet<string>> {
    const ami = await this.#ami();
    return permittedActions((fields) => ami.action(fields));
  }

  async mayWriteConfig(): Promise<boolean | undefined> {
    const { amiConfig } = this.options;
    if (amiConfig === undefined) return undefined;
    const ami = await this.#ami(amiConfig);
    return (await permittedActions((fields) => ami.action(fields))).has('updateconfig');
  }

  async missingContexts(names: readonly string[]): Promise<string[]> {
    const ami = await this.#ami();
    return missingContexts((fields) => ami.list(fields), names);
  }

  async registrations(endpoint: string): Promise<string[]> {
    const ami = await this.#ami();
    return registrationsOf((fields) => ami.list(fields), endpoint);
  }

  async endpoint(name: string): Promise<ProbedEndpoint | undefined> {
    const found = await ignoringGone(this.#rest({ method: 'GET', path: ariPath('endpoints', 'PJSIP', name) }));
    if (found === undefined) return undefined;
    const ami = await this.#ami();
    const rows = await ami.list({ Action: 'PJSIPShowEndpoint', Endpoint: name });
    const detail = rows.find(({ event }) => event === 'EndpointDetail');
    return {
      codecs: (detail === undefined ? '' : textOf(detail, 'allow')).replace(/[()]/g, '').split(/[|,]/).filter(Boolean),
      contacts: rows.filter(({ event }) => event === 'ContactStatusDetail').map((row) => textOf(row, 'uri')),
      isOnline: endpointSchema.parse(found).state === 'online',
    };
  }

  async configuration(file: string): Promise<Section[] | undefined> {
    const ami = await this.#ami();
    try {
      const reply = await ami.action({ Action: 'GetConfigJSON', Filename: file });
      return readSections(textOf(reply, 'json'));
    } catch (error) {
      if (error instanceof AsteriskError && error.reason === 'refused' && !/permission/i.test(error.message))
        return undefined;
      throw error;
    }
  }

  async clockOffset(): Promise<{ offsetMs: number; exactToMs: number }> {
    const ami = await this.#ami();
    return clockOffset(
      (fields) => ami.action(fields),
      () => this.options.clock.now(),
    );
  }

  async close(): Promise<void> {
    for (const opened of this.#opened.values()) (await opened.catch(() => undefined))?.close();
    await this.#http.close();
  }

  async #rest(request: AriRequest): Promise<unknown> {
    return bodyOf(await this.#http.send(request));
  }

  #ami(address = this.options.ami): Promise<AmiConnection> {
    const known = this.#opened.get(address.user);
    if (known !== undefined) return known;
    const opened = this.#open(address);
    this.#opened.set(address.user, opened);
    return opened;
  }

  async #open(address: AmiAddress): Promise<AmiConnection> {
    const { clock } = this.options;
    const connection = new AmiConnection(address, {
      clock,
      random: Math.random,
      log: SILENT,
      timing: DEFAULT_TIMING,
    });
    try {
      await connection.open(NO_EVENTS, new AbortController().signal);
      return connection;
    } catch (error) {
      throw new AsteriskError('unavailable', `AMI as ${address.user}: ${messageOf(error)}`);
    }
  }
}
