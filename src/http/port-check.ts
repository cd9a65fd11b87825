import { once } from 'node:events';
import { createServer } from 'node:net';

interface ListenAddress {
  host: string;
  port: number;
}

/** Rejects when one of them cannot be listened on, for example because it is taken. */
export async function checkPorts(addresses: readonly (ListenAddress | undefined)[]): Promise<void> {
  for (const address of addresses) if (address !== undefined) await checkPort(address);
}

async function checkPort({ host, port }: ListenAddress): Promise<void> {
  const server = createServer();
  server.listen(port, host);
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}
