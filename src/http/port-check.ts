import { once } from 'node:events';
import { createServer } from 'node:net';

/** Rejects when the port cannot be listened on, for example because it is taken. */
export async function checkPort({ host, port }: { host: string; port: number }): Promise<void> {
  const server = createServer();
  server.listen(port, host);
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}
