import { networkInterfaces } from 'node:os';

/** This machine's IPv4 address in its local network; undefined when it has none. */
export function lanAddress(): string | undefined {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
}
