import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const START_DEADLINE_MS = 60_000;

interface SipAddress {
  host: string;
  port: number;
}

interface KamailioOptions {
  /** Knows the gateway by its registration. */
  account: SipAddress & { user: string; password: string };
  /** Knows the gateway by its address. */
  plain: SipAddress;
  /** The Asterisk of the gateway. */
  gateway: SipAddress;
  /** Where calls of the gateway go, and where calls for it come from. */
  network: SipAddress;
}

/** A private Kamailio, with its configuration in a folder of its own. */
export class Kamailio {
  #child: ChildProcess | undefined;
  #closed: Promise<unknown> = Promise.resolve();
  #output = '';

  private constructor(private readonly dir: string) {}

  static async start(options: KamailioOptions): Promise<Kamailio> {
    const dir = await mkdtemp(path.join(tmpdir(), 'cordboard-kamailio-'));
    await writeFile(path.join(dir, 'kamailio.cfg'), configuration(options));
    return Kamailio.startIn(dir);
  }

  /** With the `kamailio.cfg` of a folder, which {@link stop} removes. */
  static async startIn(dir: string): Promise<Kamailio> {
    const kamailio = new Kamailio(dir);
    await kamailio.run();
    return kamailio;
  }

  async run(): Promise<void> {
    this.#output = '';
    const file = (name: string) => path.join(this.dir, name);
    const options = ['-DD', '-E', '-m', '32', '-M', '4', '-Y', this.dir, '-P', file('pid'), '-f', file('kamailio.cfg')];
    // Its processes are a group, so that none outlives a kill.
    const child = spawn('kamailio', options, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    this.#closed = once(child, 'close');
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    const deadline = Date.now() + START_DEADLINE_MS;
    while (!this.#output.includes('kamailio is ready')) {
      if (child.exitCode !== null || Date.now() > deadline) {
        await this.stop();
        throw new Error(`Kamailio did not start:\n${this.#output}`);
      }
      await delay(50);
    }
  }

  /** Its log. */
  get output(): string {
    return this.#output;
  }

  /** As by a power loss. */
  async kill(): Promise<void> {
    if (this.#child?.pid !== undefined && this.#child.exitCode === null) process.kill(-this.#child.pid, 'SIGKILL');
    await this.#closed;
    this.#child = undefined;
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.dir, { recursive: true, force: true });
  }
}

function configuration({ account, plain, gateway, network }: KamailioOptions): string {
  return `#!KAMAILIO
debug=2
log_stderror=yes
children=2
disable_tcp=yes
auto_aliases=no
listen=udp:${account.host}:${account.port}
listen=udp:${plain.host}:${plain.port}

loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "rr.so"
loadmodule "pv.so"
loadmodule "xlog.so"
loadmodule "maxfwd.so"
loadmodule "siputils.so"
loadmodule "textops.so"
loadmodule "usrloc.so"
loadmodule "registrar.so"
loadmodule "auth.so"

request_route {
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
  # The gateway asks whether Kamailio answers.
  if (is_method("OPTIONS") && uri == myself) { sl_send_reply("200", "OK"); exit; }
  if (is_method("CANCEL")) {
    if (t_check_trans()) t_relay();
    exit;
  }
  if (has_totag()) {
    if (loose_route() || t_check_trans()) t_relay();
    else if (!is_method("ACK")) sl_send_reply("404", "Not Here");
    exit;
  }
  if (is_method("REGISTER")) {
    if ($au != "${account.user}" || !pv_www_authenticate("kamailio", "${account.password}", "0")) {
      www_challenge("kamailio", "0");
      exit;
    }
    save("location");
    exit;
  }
  if (!is_method("INVITE")) { sl_send_reply("405", "Method Not Allowed"); exit; }
  record_route();
  if ($si == "${network.host}" && $Ri == "${account.host}") {
    $ru = "sip:${account.user}@${account.host}";
    if (!lookup("location")) { sl_send_reply("404", "Not Registered"); exit; }
  } else if ($si == "${network.host}") {
    $ru = "sip:" + $rU + "@${gateway.host}:${gateway.port}";
  } else if ($Ri == "${account.host}") {
    if ($au != "${account.user}" || !pv_proxy_authenticate("kamailio", "${account.password}", "0")) {
      proxy_challenge("kamailio", "0");
      exit;
    }
    consume_credentials();
    $ru = "sip:" + $rU + "@${network.host}:${network.port}";
  } else if ($si == "${gateway.host}") {
    $ru = "sip:" + $rU + "@${network.host}:${network.port}";
  } else {
    sl_send_reply("403", "Forbidden");
    exit;
  }
  t_relay();
}

event_route[core:worker-one-init] {
  xlog("L_ERR", "kamailio is ready\\n");
}
`;
}
