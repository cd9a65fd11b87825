import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** Answers while another gateway owns the node: `/healthz` as usual, and 503 to everything else. */
export class StandbyServer {
  /** Name of the gateway that owns the node. */
  owner = '';
  readonly #server = createServer((request, response) => this.#answer(request, response));

  async start({ host, port }: { host: string; port: number }): Promise<void> {
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const [path] = (request.url ?? '').split('?');
    const problem = `another gateway (${this.owner}) owns the node; this one is a standby and takes over when that one stops`;
    if (path === '/healthz') send(response, 200, 'application/json', { status: 'ok' });
    else if (path === '/readyz')
      send(response, 503, 'application/json', {
        status: 'not ready',
        checks: { node: problem },
        problems: [{ check: 'node', problem, remedy: `Use the gateway ${this.owner}.`, blocking: true }],
      });
    else
      send(response, 503, 'application/problem+json', {
        type: 'about:blank',
        title: 'Standby',
        status: 503,
        detail: `${problem}. Send requests to that one.`,
      });
  }
}

function send(response: ServerResponse, status: number, type: string, body: unknown): void {
  const headers = { 'content-type': type, 'cache-control': 'no-store', 'retry-after': '1' };
  response.writeHead(status, headers).end(`${JSON.stringify(body)}\n`);
}
