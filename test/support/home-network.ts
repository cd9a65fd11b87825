import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const FIRST_HOST = 2;

/** What the router at home lets out: everything, one UDP port only, no UDP, or neither UDP nor one TCP port. */
type Passage = 'everything' | { udpPort: number } | 'no UDP' | { closedTcpPort: number };

/**
 * A browser at home: a network of its own behind a router, whose NAT chooses a new port for each connection. This machine is in an office,
 * behind a router with a public address that is forwarded to it. One namespace is both routers.
 */
export class HomeNetwork {
  /** The last number of the present address at home. */
  #lastHost = FIRST_HOST;

  private constructor(
    /** The address of this machine in the office's network, which is unreachable from home. */
    readonly office: string,
    readonly officeNet: string,
    /** The public address of the office. */
    readonly outside: string,
    /** The first three numbers of the addresses at home. */
    private readonly homeNet: string,
    private readonly names: { home: string; router: string; link: string },
    private readonly folder: string,
  ) {}

  /** @returns why this machine has no network namespaces; undefined: it has */
  static async missing(): Promise<string | undefined> {
    const name = `cordboard-${randomInt(1e9)}`;
    try {
      await run('ip', ['netns', 'add', name]);
      try {
        await run('ip', ['netns', 'exec', name, 'iptables', '-t', 'nat', '-L']);
      } finally {
        await run('ip', ['netns', 'delete', name]);
      }
      return undefined;
    } catch (error) {
      return `no network namespaces with NAT (root, iproute2 and iptables are needed): ${String(error)}`;
    }
  }

  static async open(): Promise<HomeNetwork> {
    const id = randomInt(256);
    const names = { home: `cb-home-${id}`, router: `cb-router-${id}`, link: `cb-office-${id}` };
    const folder = await mkdtemp(path.join(tmpdir(), 'cordboard-home-'));
    const net = (first: number) => `10.${first}.${id}`;
    const [office, home, outside] = [net(200), net(201), `198.18.${id}`];
    const network = new HomeNetwork(`${office}.10`, `${office}.0/24`, `${outside}.7`, home, names, folder);
    const { link, router } = names;
    try {
      for (const line of [
        `ip netns add ${router}`,
        `ip netns add ${names.home}`,
        `ip link add ${link} type veth peer name office netns ${router}`,
        `ip address add ${office}.10/24 dev ${link}`,
        `ip link set ${link} up`,
        `ip route add ${outside}.0/24 via ${office}.1`,
        `ip route add ${home}.0/24 via ${office}.1`,
        `ip -n ${router} link add home type veth peer name uplink netns ${names.home}`,
        `ip -n ${router} address add ${office}.1/24 dev office`,
        `ip -n ${router} address add ${home}.1/24 dev home`,
        `ip -n ${router} address add ${outside}.7/32 dev lo`,
        `ip -n ${router} address add ${outside}.50/32 dev lo`,
        ...['lo', 'office', 'home'].map((device) => `ip -n ${router} link set ${device} up`),
        `ip -n ${names.home} address add ${home}.${FIRST_HOST}/24 dev uplink`,
        ...['lo', 'uplink'].map((device) => `ip -n ${names.home} link set ${device} up`),
        `ip -n ${names.home} route add default via ${home}.1`,
        `ip netns exec ${router} sysctl -qw net.ipv4.ip_forward=1`,
        // Port forwarding of the office, and the NAT at home.
        `ip netns exec ${router} iptables -t nat -A PREROUTING -d ${outside}.7 -j DNAT --to-destination ${office}.10`,
        `ip netns exec ${router} iptables -t nat -A POSTROUTING -s ${home}.0/24 -o office -j SNAT --to-source ${outside}.50 --random-fully`,
        // Neither network reaches the addresses of the other.
        `ip netns exec ${router} iptables -A FORWARD -i home -m conntrack ! --ctstate DNAT,ESTABLISHED,RELATED -j DROP`,
        `ip netns exec ${router} iptables -A FORWARD -i office -o home -m conntrack --ctstate NEW -j DROP`,
        `ip netns exec ${router} iptables -N HOME`,
        `ip netns exec ${router} iptables -A FORWARD -i home -j HOME`,
      ])
        await command(line);
    } catch (error) {
      await network.close();
      throw error;
    }
    return network;
  }

  /** Applies to everything that is sent from now on. */
  async letOut(passage: Passage): Promise<void> {
    const iptables = `ip netns exec ${this.names.router} iptables`;
    await command(`${iptables} -F HOME`);
    if (passage === 'everything') return;
    if (passage !== 'no UDP' && 'udpPort' in passage)
      await command(`${iptables} -A HOME -p udp --dport ${passage.udpPort} -j ACCEPT`);
    if (passage !== 'no UDP' && 'closedTcpPort' in passage)
      await command(`${iptables} -A HOME -p tcp --dport ${passage.closedTcpPort} -j DROP`);
    await command(`${iptables} -A HOME -p udp -j DROP`);
  }

  /** The machine at home gets another address, as in another Wi-Fi. */
  async changeAddress(): Promise<void> {
    const home = `ip -n ${this.names.home}`;
    const [before, after] = [this.#lastHost, this.#lastHost + 1];
    this.#lastHost = after;
    for (const line of [
      `${home} address delete ${this.homeNet}.${before}/24 dev uplink`,
      `${home} address add ${this.homeNet}.${after}/24 dev uplink`,
      `${home} route replace default via ${this.homeNet}.1`,
    ])
      await command(line);
  }

  /** @returns path of a program that runs `program` at home */
  async atHome(program: string): Promise<string> {
    const file = path.join(this.folder, path.basename(program));
    await writeFile(file, `#!/bin/sh\nexec ip netns exec ${this.names.home} ${program} "$@"\n`, { mode: 0o755 });
    return file;
  }

  async close(): Promise<void> {
    const { home, router, link } = this.names;
    // The link may outlive its namespace for a moment.
    for (const line of [`ip link delete ${link}`, `ip netns delete ${home}`, `ip netns delete ${router}`])
      await command(line).catch(() => undefined);
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function command(line: string): Promise<void> {
  const [program = '', ...rest] = line.split(' ');
  await run(program, rest);
}
