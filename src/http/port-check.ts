import { once } from 'node:events';
import { createServer } from 'node:net';

/** Rejects when nobody can listen there, as with a port that is taken. */
export async function checkPort({ host, port }: { host: string; port: number }): Promise<void> {
  const server = createServer();
  server.listen(port, host);
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}
