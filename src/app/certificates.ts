import { Gauge, type Registry } from 'prom-client';
import type { CertificateFact } from '../alarms/facts.js';
import type { Asterisk } from '../asterisk/asterisk.js';
import { reloadSip } from '../asterisk/reload-sip.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Config } from '../config.js';
import { CertificateFiles } from '../http/certificate-files.js';
import type { CheckFailure } from '../http/health.js';
import type { HttpServer } from '../http/server.js';
import { servedCertificate, type ServedCertificate } from '../http/served-certificate.js';
import type { Clock } from '../lib/clock.js';
import { messageOf } from '../lib/error-message.js';
import type { Logger } from '../lib/logger.js';
import { RepeatingJob } from '../lib/repeating-job.js';
import { DAY_MS, MINUTE_MS } from '../lib/time.js';
import type { Part } from './parts.js';
import { remedyOf } from './remedies.js';

/** Certificates are renewed a month before they expire: one that is left this long was not (ms). */
const WARN_MS = 7 * DAY_MS;

export interface Certificates {
  /** What is wrong with the certificates; also why a handset that requires encryption has none. */
  check: () => CheckFailure | undefined;
  /** What is known of each certificate, for alarms. */
  facts: () => CertificateFact[];
  /** Those in use, for the page System. */
  list: () => { service: 'https' | 'sip'; expiresAt: number }[];
  parts: Part[];
}

export interface CertificateOptions {
  config: Pick<Config, 'tls' | 'sip'>;
  /** The server, when the gateway is composed. */
  http: () => Pick<HttpServer, 'setCertificate' | 'startTls'>;
  asterisk: Pick<Asterisk, 'usable' | 'amiAction'>;
  companies: Pick<CompanyStore, 'company'>;
  registry: Registry;
  clock: Clock;
  logger: Logger;
}

/** Composes HTTPS with a certificate that is replaced while it runs, for Asterisk as well, with metrics and a check. */
export function createCertificates(options: CertificateOptions): Certificates {
  const { config, http, asterisk, companies, registry, clock, logger } = options;
  const { tls } = config;
  if (tls === undefined) {
    registerGauge(registry, () => [], clock);
    const isRequired = () =>
      companies.company.handsets.some(({ encryption, webrtc }) => encryption === 'required' && !webrtc);
    const problem = () =>
      config.sip.tlsPort === undefined && isRequired()
        ? 'a handset requires encryption, and Asterisk serves no SIP over TLS'
        : undefined;
    return {
      check: () => failureOf([problem()]),
      facts: () => [
        { service: 'https', expiresAt: undefined, problem: undefined },
        { service: 'sip', expiresAt: undefined, problem: problem() },
      ],
      list: () => [],
      parts: [],
    };
  }
  const files = new CertificateFiles({ folder: tls.dir, clock, logger });
  files.onChange((pair) => http().setCertificate(pair));
  const sip = new AsteriskCertificate({ files, address: tls.sip, asterisk, logger });
  const job = new RepeatingJob({ clock, everyMs: MINUTE_MS, firstMs: FIRST_LOOK_MS, run: () => sip.look() });
  files.onChange(() => void sip.look());
  const facts = (): CertificateFact[] =>
    [
      { service: 'https' as const, expiresAt: files.pair?.expiresAt, problem: files.problem },
      { service: 'sip' as const, expiresAt: sip.served?.expiresAt, problem: sip.problem },
    ].filter(({ expiresAt, problem }) => expiresAt !== undefined || problem !== undefined);
  const list = () =>
    facts().flatMap(({ service, expiresAt }) => (expiresAt === undefined ? [] : [{ service, expiresAt }]));
  registerGauge(registry, list, clock);
  return {
    check: () => failureOf([files.problem, sip.problem, ...list().map((one) => expiryOf(one, clock.now()))]),
    facts,
    list,
    parts: [
      files,
      {
        start: () =>
          http()
            .startTls(tls.https)
            .then(() => undefined),
      },
      { start: () => job.start(), stop: () => job.stop() },
    ],
  };
}

/** Asterisk starts together with the gateway (ms). */
const FIRST_LOOK_MS = 5_000;

/** The certificate that Asterisk presents. Asterisk reads its files again when it is told to. */
class AsteriskCertificate {
  #served: ServedCertificate | undefined;
  #problem: string | undefined;
  /** The certificate for which Asterisk was told. */
  #told: string | undefined;
  #look: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: {
      files: CertificateFiles;
      address: { host: string; port: number };
      asterisk: Pick<Asterisk, 'usable' | 'amiAction'>;
      logger: Logger;
    },
  ) {}

  get served(): ServedCertificate | undefined {
    return this.#served;
  }

  get problem(): string | undefined {
    return this.#problem;
  }

  /** Never rejects; one look at a time. */
  look(): Promise<void> {
    this.#look = this.#look.then(() => this.#lookOnce());
    return this.#look;
  }

  async #lookOnce(): Promise<void> {
    const { files, address, asterisk, logger } = this.options;
    if (!asterisk.usable) return;
    try {
      this.#served = await servedCertificate(address);
      const wanted = files.pair?.fingerprint;
      if (wanted !== undefined && wanted !== this.#served.fingerprint && wanted !== this.#told) {
        this.#told = wanted;
        await reloadSip(asterisk);
        this.#served = await servedCertificate(address);
        logger.info('Asterisk reads its certificate again');
      }
      this.#problem =
        wanted === undefined || wanted === this.#served.fingerprint
          ? undefined
          : 'Asterisk presents another certificate than that of TLS_DIR';
    } catch (error) {
      this.#served = undefined;
      this.#problem = `no SIP over TLS at ${address.host}:${address.port}: ${messageOf(error)}`;
    }
  }
}

function expiryOf({ service, expiresAt }: { service: string; expiresAt: number }, now: number): string | undefined {
  if (expiresAt - now > WARN_MS) return undefined;
  const verb = expiresAt > now ? 'expires' : 'expired';
  return `the certificate of ${service} ${verb} on ${new Date(expiresAt).toISOString()}`;
}

function failureOf(problems: readonly (string | undefined)[]): CheckFailure | undefined {
  const problem = problems.filter((one) => one !== undefined).join('; ');
  return problem === '' ? undefined : { problem, remedy: remedyOf('certificates', problem), degraded: true };
}

function registerGauge(registry: Registry, list: Certificates['list'], clock: Clock): void {
  new Gauge({
    name: 'cordboard_certificate_expires_seconds',
    help: 'Time until the certificate expires; negative: it has expired',
    labelNames: ['service'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { service, expiresAt } of list()) this.set({ service }, (expiresAt - clock.now()) / 1000);
    },
  });
}
