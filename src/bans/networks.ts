import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** An address as {@link subscriberOf} writes it, or a network in CIDR notation. */
interface Network {
  address: string;
  bits: number;
  family: 'ipv4' | 'ipv6';
}

/** @returns undefined when the text is neither an address nor a network */
export function parseNetwork(text: string): Network | undefined {
  const [, address = '', length] = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  if (version === 0) return undefined;
  const most = version === 4 ? 32 : 128;
  const bits = length === undefined ? most : Number(length);
  return bits <= most ? { address, bits, family: version === 4 ? 'ipv4' : 'ipv6' } : undefined;
}

/** A test for addresses in any of the networks. An IPv6 network that is smaller than a /64 counts as its /64, as bans do. */
export function anyOf(networks: readonly string[]): (address: string) => boolean {
  // One list each: `BlockList` finds IPv4 addresses in `::/64` too.
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const text of networks) {
    const network = parseNetwork(text);
    if (network === undefined) continue;
    const bits = network.family === 'ipv6' ? Math.min(network.bits, 64) : network.bits;
    lists[network.family].addSubnet(network.address, bits, network.family);
  }
  return (address) => {
    const asked = parseNetwork(address);
    return asked !== undefined && lists[asked.family].check(asked.address, asked.family);
  };
}

/** Addresses of this machine: a proxy on it, and the gateway's and Asterisk's own requests. */
export function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return ['127.0.0.1', '::1', ...all.map(({ address }) => address.replace(/%.*$/, ''))];
}
