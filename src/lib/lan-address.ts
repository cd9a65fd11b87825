import { networkInterfaces } from 'node:os';

/** IPv4 addresses of this machine, without loopback. */
export function lanAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}

/** This machine's IPv4 address in its local network; undefined when it has none. */
export function lanAddress(): string | undefined {
  return lanAddresses()[0];
}
