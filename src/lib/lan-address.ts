import { networkInterfaces } from 'node:os';

/** The address (IPv4) of this machine in its network; undefined when it is in none. */
export function lanAddress(): string | undefined {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
}
