import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** A TCP relay on loopback that a test can cut like a failing network. */
export class Cuttable {
  /** Bytes that were sent to the target. */
  sentBytes = 0;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  readonly #pairs: [Socket, Socket][] = [];
  #isCut = false;
  #isFrozen = false;

  constructor(targetPort: number) {
    this.#server = createServer((near) => {
      if (this.#isFrozen) {
        this.#sockets.add(near.on('error', () => undefined));
        return;
      }
      if (this.#isCut) {
        near.destroy();
        return;
      }
      const far = connect(targetPort, '127.0.0.1');
      near.on('data', ({ length }) => (this.sentBytes += length));
      this.#pairs.push([near, far]);
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(from);
        from.pipe(to);
        from.on('error', () => to.destroy());
        from.on('close', () => {
          this.#sockets.delete(from);
          to.destroy();
        });
      }
    });
  }

  /** @returns the port to connect to instead of the target's. */
  async open(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  /** Resets every connection, open or new. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** Drops all traffic without closing, like a pulled cable. Open connections stay dead. */
  freeze(): void {
    this.#isFrozen = true;
    for (const socket of this.#sockets) socket.unpipe().pause();
  }

  /** Delivers the data that {@link freeze} held back, late and complete. */
  thaw(): void {
    this.#isFrozen = false;
    for (const [near, far] of this.#pairs) {
      near.pipe(far);
      far.pipe(near);
    }
  }

  /** Lets new connections through. */
  mend(): void {
    this.#isCut = this.#isFrozen = false;
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
