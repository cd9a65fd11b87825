import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { snippetsFor } from '../../src/connect/snippets.js';
import { freePort } from './ports.js';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');
const launcher = path.join(root, 'scripts/lib/asterisk-in-rootfs');

const START_DEADLINE_MS = 90_000;
/** Enough for 100 calls that are bridged to 100 others. */
const RTP_PORTS = 400;

export interface AsteriskOptions {
  /** Name of the ARI application to which the dialplan sends calls. */
  app?: string;
  /** The target of calls to the endpoint `trunk`, as a SIP URI. */
  trunkContact?: string;
  /** Names of further applications whose contexts the dialplan has: several gateways share this Asterisk. */
  moreApps?: string[];
  /** Appended to extensions.conf. */
  extraDialplan?: string;
  /** Appended to pjsip.conf. */
  extraPjsip?: string;
  /** Modules to load in addition, such as `func_curl.so`. */
  extraModules?: string[];
  /** The sounds folder `cordboard` of Asterisk. Default: the shipped sounds. */
  soundsDir?: string;
  /** A file that Asterisk sees as its resolv.conf. Default: the machine's. */
  resolvConf?: string;
  /** Further variables of asterisk-config/render.sh, such as LEASH_S. */
  variables?: Record<string, string>;
  /** Folder with certificate.pem and key.pem: it serves SIP over TLS too. */
  tlsDir?: string;
  /** Folder of the sources with the `asterisk-config` to use. Default: these. */
  sources?: string;
}

/** The addresses of a running Asterisk. Plain data, so that vitest can pass it to the processes of its tests. */
export interface AsteriskAddress {
  ariUrl: string;
  ariPort: number;
  ariUser: string;
  ariPassword: string;
  app: string;
  amiPort: number;
  amiUser: string;
  amiPassword: string;
  /** Of the user `cordboard-config`, which writes the queues. */
  amiConfigPassword: string;
  /** UDP and TCP. */
  sipPort: number;
  /** SIP over TLS, with {@link AsteriskOptions.tlsDir}. */
  sipTlsPort: number;
  rtpStart: number;
  rtpEnd: number;
  /** Holds etc, lib, run, spool and log. */
  dir: string;
  logDir: string;
}

/** A private, real Asterisk: configured like the shipped one, with the unauthenticated demo trunk, on free ports. */
export interface TestAsterisk extends AsteriskAddress {
  /** Kills it and removes its folder. */
  stop(): Promise<void>;
  /** Kills it and starts it again on the same ports. */
  restart(): Promise<void>;
  /** Kills it; `revive` starts it again. */
  kill(): Promise<void>;
  revive(): Promise<void>;
  /** Resolves when it has exited without a kill. */
  exited(): Promise<void>;
  /** Output of a console command. */
  cli(command: string): Promise<string>;
  /** The end of its console output. */
  console(): string;
  /** The parent process of Asterisk; undefined while it is down. */
  pid(): number | undefined;
  /** Environment variables that point a gateway to it. */
  gatewayEnv(): Record<string, string>;
}

export async function startAsterisk(options: AsteriskOptions = {}): Promise<TestAsterisk> {
  const address = await chooseAddress(options);
  const soundsDir = options.soundsDir ?? path.join(root, 'sounds');
  const seen = {
    SOUNDS_DIR: soundsDir,
    ...(options.resolvConf !== undefined && { RESOLV_CONF: options.resolvConf }),
    ...(options.tlsDir !== undefined && { TLS_DIR: options.tlsDir }),
  };
  const process = new AsteriskProcess(await rootfsFolder(), address, seen);
  const stop = async () => {
    await process.kill();
    await rm(address.dir, { recursive: true, force: true });
  };
  try {
    await configure(address, options);
    await process.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ...address,
    stop,
    kill: () => process.kill(),
    revive: () => process.start(),
    exited: () => process.exited(),
    restart: async () => {
      await process.kill();
      await process.start();
    },
    cli: (command) => asteriskCli(address, command),
    console: () => process.console,
    pid: () => process.pid,
    gatewayEnv: () => gatewayEnv(address),
  };
}

/** Environment variables that point a gateway to that Asterisk. */
export function gatewayEnv(address: AsteriskAddress): Record<string, string> {
  return {
    ARI_URL: address.ariUrl,
    ARI_USER: address.ariUser,
    ARI_PASSWORD: address.ariPassword,
    ARI_APP: address.app,
    AMI_HOST: '127.0.0.1',
    AMI_PORT: String(address.amiPort),
    AMI_USER: address.amiUser,
    AMI_PASSWORD: address.amiPassword,
    AMI_CONFIG_PASSWORD: address.amiConfigPassword,
    SIP_PORT: String(address.sipPort),
    SIP_TLS_PORT: String(address.sipTlsPort),
  };
}

/** Output of a console command, on an Asterisk that this or another process started. */
export async function asteriskCli(address: AsteriskAddress, command: string): Promise<string> {
  const { stdout } = await run(launcher, [await rootfsFolder(), address.dir, 'asterisk', '-rx', command]);
  return stdout;
}

async function rootfsFolder(): Promise<string> {
  const { stdout } = await run(path.join(root, 'scripts/lib/provide-asterisk-rootfs'));
  return stdout.trim();
}

async function chooseAddress(options: AsteriskOptions): Promise<AsteriskAddress> {
  const dir = await mkdtemp(path.join(tmpdir(), 'cordboard-asterisk-'));
  const ariPort = await freePort();
  // Asterisk skips RTP ports in use, so the ranges of two may overlap.
  const rtpStart = 2 * randomInt(5_000, 16_000 - RTP_PORTS / 2);
  return {
    ariUrl: `http://127.0.0.1:${ariPort}`,
    ariPort,
    ariUser: 'cordboard',
    ariPassword: randomBytes(16).toString('hex'),
    app: options.app ?? 'cordboard',
    amiPort: await freePort(),
    amiUser: 'cordboard',
    amiPassword: randomBytes(16).toString('hex'),
    amiConfigPassword: randomBytes(16).toString('hex'),
    sipPort: await freePort(),
    sipTlsPort: await freePort(),
    rtpStart,
    rtpEnd: rtpStart + RTP_PORTS - 1,
    dir,
    logDir: path.join(dir, 'log'),
  };
}

/** Renders the shipped configuration with this address, and adds the test's parts where a company's own would be. */
async function configure(address: AsteriskAddress, options: AsteriskOptions): Promise<void> {
  const etc = path.join(address.dir, 'etc');
  await run(path.join(options.sources ?? root, 'asterisk-config/render.sh'), [etc], {
    env: {
      PATH: process.env['PATH'],
      CORDBOARD_DEMO: '1',
      BIND_ADDRESS: '127.0.0.1',
      SIP_PORT: String(address.sipPort),
      ARI_PORT: String(address.ariPort),
      AMI_PORT: String(address.amiPort),
      RTP_START: String(address.rtpStart),
      RTP_END: String(address.rtpEnd),
      ARI_APP: address.app,
      ARI_USER: address.ariUser,
      ARI_PASSWORD: address.ariPassword,
      AMI_USER: address.amiUser,
      AMI_PASSWORD: address.amiPassword,
      AMI_CONFIG_PASSWORD: address.amiConfigPassword,
      ...(options.trunkContact === undefined ? {} : { TRUNK_CONTACT: options.trunkContact }),
      ...(options.tlsDir !== undefined && {
        TLS_DIR: options.tlsDir,
        TLS_SEEN_DIR: '/run/tls',
        SIP_TLS_PORT: String(address.sipTlsPort),
      }),
      ...options.variables,
    },
  });
  const modules = (options.extraModules ?? []).map((name) => `load=${name}`).join('\n');
  const dialplans = await Promise.all((options.moreApps ?? []).map((app) => dialplanOf({ ...address, app })));
  await replaceAdditions(path.join(etc, 'extensions.d'), [...dialplans, options.extraDialplan ?? ''].join('\n'));
  await replaceAdditions(path.join(etc, 'pjsip.d'), options.extraPjsip);
  await replaceAdditions(path.join(etc, 'modules.d'), modules);
}

/** The contexts of another application. */
async function dialplanOf({
  app,
  ariUser,
  ariPassword,
  amiUser,
  amiPassword,
  amiPort,
}: AsteriskAddress): Promise<string> {
  const snippets = await snippetsFor({
    ARI_APP: app,
    ARI_USER: ariUser,
    ARI_PASSWORD: ariPassword,
    AMI_USER: amiUser,
    AMI_PASSWORD: amiPassword,
    AMI_PORT: String(amiPort),
    AMI_CONFIG_USER: amiUser,
    AMI_CONFIG_PASSWORD: amiPassword,
    MANAGEMENT_ADDRESS: '127.0.0.1',
    LEASH_S: '60',
    FALLBACK_LANGUAGE: 'cs',
    FALLBACK_WAIT_S: '600',
    FALLBACK_DIAL: 'none',
  });
  return snippets.find(({ file }) => file === 'extensions.conf')?.text ?? '';
}

async function replaceAdditions(folder: string, text: string | undefined): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  if (text !== undefined && text.trim() !== '') await writeFile(path.join(folder, 'test.conf'), `${text}\n`);
}

class AsteriskProcess {
  private child: ChildProcess | undefined;
  private closed: Promise<unknown> = Promise.resolve();
  private output = '';

  constructor(
    private readonly rootfs: string,
    private readonly address: AsteriskAddress,
    /** Environment of the launcher. */
    private readonly seen: Record<string, string>,
  ) {}

  get console(): string {
    return this.output;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  async start(): Promise<void> {
    this.output = '';
    const child = spawn(launcher, [this.rootfs, this.address.dir], {
      env: { PATH: process.env['PATH'], ...this.seen },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    // `close` rather than `exit`: the pipes stay open until Asterisk itself has exited, not only its launcher.
    this.closed = once(child, 'close');
    const ready = new Promise<void>((resolve) => {
      const read = (text: string) => {
        this.output = (this.output + text).slice(-20_000);
        if (this.output.includes('Asterisk Ready.')) resolve();
      };
      child.stdout.setEncoding('utf8').on('data', read);
      child.stderr.setEncoding('utf8').on('data', read);
    });
    const deadline = new AbortController();
    try {
      const outcome = await Promise.race([
        ready,
        this.closed.then(() => 'it ended'),
        delay(START_DEADLINE_MS, `not ready after ${START_DEADLINE_MS} ms`, { signal: deadline.signal }),
      ]);
      if (outcome !== undefined) throw new Error(`Asterisk did not start: ${outcome}\n${this.output}`);
      await this.answers();
    } finally {
      deadline.abort();
    }
  }

  async exited(): Promise<void> {
    await this.closed;
  }

  async kill(): Promise<void> {
    this.child?.kill('SIGKILL');
    await this.closed;
    this.child = undefined;
  }

  private async answers(): Promise<void> {
    const { ariUrl, ariUser, ariPassword, amiPort } = this.address;
    const authorization = `Basic ${Buffer.from(`${ariUser}:${ariPassword}`).toString('base64')}`;
    const response = await fetch(`${ariUrl}/ari/asterisk/ping`, { headers: { authorization, connection: 'close' } });
    await response.arrayBuffer();
    if (!response.ok && response.status !== 401) throw new Error(`ARI answered ${response.status}\n${this.output}`);
    const socket = connect(amiPort, '127.0.0.1');
    const [banner] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    if (!banner.toString().startsWith('Asterisk Call Manager')) throw new Error(`AMI said ${banner.toString()}`);
  }
}
