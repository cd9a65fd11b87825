import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

export type Headers = Record<string, string>;

/** An AMI server with scripted responses. */
export class FakeAmi {
  password = 'secret';
  /** The blocks of an action's response; ActionID is added to each. `undefined`: never any response. */
  onAction: (action: Headers) => string[] | undefined = () => ['Response: Success'];
  isSilent = false;
  readonly actions: Headers[] = [];
  /** All data received, byte for byte. */
  received = '';
  connectionsSoFar = 0;
  readonly #open = new Set<Socket>();
  readonly #changes = new EventEmitter();
  readonly #server: Server = createServer((socket) => this.#accept(socket));

  async start(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  get connections(): number {
    return this.#open.size;
  }

  send(block: string): void {
    for (const socket of this.#open) socket.write(`${block.replaceAll('\n', '\r\n')}\r\n\r\n`);
  }

  cut(): void {
    for (const socket of this.#open) socket.resetAndDestroy();
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await once(this.#changes, 'change');
  }

  #accept(socket: Socket): void {
    this.connectionsSoFar += 1;
    this.#open.add(socket);
    this.#changes.emit('change');
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#open.delete(socket);
      this.#changes.emit('change');
    });
    if (!this.isSilent) socket.write('Asterisk Call Manager/11.0.0\r\n');
    let unread = '';
    socket.on('data', (data) => {
      this.received += data.toString();
      unread += data.toString();
      const blocks = unread.split('\r\n\r\n');
      unread = blocks.pop() ?? '';
      for (const block of blocks) this.#act(socket, headersOf(block));
    });
  }

  #act(socket: Socket, action: Headers): void {
    this.actions.push(action);
    this.#changes.emit('change');
    if (this.isSilent) return;
    for (const block of this.#answer(action) ?? []) {
      socket.write(`${block.replaceAll('\n', '\r\n')}\r\nActionID: ${action['actionid'] ?? ''}\r\n\r\n`);
    }
  }

  #answer(action: Headers): string[] | undefined {
    if (action['action'] !== 'login') return this.onAction(action);
    const right = action['secret'] === this.password;
    return right
      ? ['Response: Success\nMessage: Authentication accepted']
      : ['Response: Error\nMessage: Authentication failed'];
  }
}

function headersOf(block: string): Headers {
  const pairs = block.split('\r\n').map((line) => line.split(/: (.*)/s));
  return Object.fromEntries(pairs.map(([key = '', value = '']) => [key.toLowerCase(), value]));
}
