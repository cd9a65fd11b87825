import { lookup } from 'node:dns';
import { BlockList, isIPv6, type LookupFunction } from 'node:net';

/** Addresses that are not public: this machine, private networks, multicast (RFC 6890). */
const NETWORKS = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/3', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
  // Addresses that embed an IPv4 address to which a gateway of the network may translate: unspecified, IPv4-compatible, translation
  // (RFC 6052, 8215, 2765), Teredo, 6to4.
  ...['::/96', '64:ff9b::/96', '64:ff9b:1::/48', '::ffff:0:0:0/96', '2001::/32', '2002::/16'],
];

const privateNetworks = new BlockList();
for (const network of NETWORKS) {
  const [address = '', bits = ''] = network.split('/');
  privateNetworks.addSubnet(address, Number(bits), familyOf(address));
}

/** A name or an address leads into a private network. */
export class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress';

  constructor() {
    super('it leads into a private network');
  }
}

/** @param address IPv4, or IPv6 without brackets, including IPv4-mapped */
export function isPrivate(address: string): boolean {
  return privateNetworks.check(address, familyOf(address));
}

/** DNS lookup that fails with {@link PrivateAddress} when any address of the name is private. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) {
      callback(error, '');
      return;
    }
    const [first = { address: '', family: 4 }] = found;
    if (found.some(({ address }) => isPrivate(address))) callback(new PrivateAddress(), '');
    else if (options.all === true) callback(null, found);
    else callback(null, first.address, first.family);
  });
};

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
