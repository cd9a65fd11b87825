import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

const END = '\r\n\r\n';

/** Stands between Asterisk's AMI and its users, and tells all of them further events, as Asterisk would. */
export class AmiTap {
  readonly #users = new Set<{ socket: Socket; between: boolean; waiting: string }>();
  readonly #server: Server;

  constructor(amiPort: number) {
    this.#server = createServer((socket) => {
      const user = { socket, between: false, waiting: '' };
      this.#users.add(user);
      const far = connect(amiPort, '127.0.0.1');
      socket.pipe(far);
      far.on('data', (data: Buffer) => {
        user.between = data.subarray(-END.length).toString('latin1') === END;
        socket.write(user.between ? Buffer.concat([data, Buffer.from(user.waiting)]) : data);
        if (user.between) user.waiting = '';
      });
      for (const [one, other] of [
        [socket, far],
        [far, socket],
      ] as const) {
        one.on('error', () => other.destroy());
        one.on('close', () => {
          this.#users.delete(user);
          other.destroy();
        });
      }
    });
  }

  async open(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const { socket } of this.#users) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  send(event: Record<string, string | number>): void {
    const lines = Object.entries(event).map(([name, value]) => `${name}: ${value}`);
    const block = lines.join('\r\n') + END;
    for (const user of this.#users)
      if (user.between) user.socket.write(block);
      else user.waiting += block;
  }
}
