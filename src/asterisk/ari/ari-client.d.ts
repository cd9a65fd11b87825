/** The part of ari-client 2.2.0 (untyped JavaScript) that ari-socket.ts uses, private fields included. */
declare module 'ari-client' {
  import type { EventEmitter } from 'node:events';

  /** The `ws` socket that the client opens: `message`, `pong`, `open`, `error` and `close` are its events. */
  export interface EventSocket extends EventEmitter {
    readonly readyState: number;
    send(data: string, done: (error?: Error) => void): void;
    ping(): void;
    close(): void;
    terminate(): void;
  }

  export interface Client {
    _connection: { protocol: string; host: string; hostname: string; user: string; pass: string };
    /** Replaced by each `start`, within that call. */
    _ws?: EventSocket;
    start(app: string): PromiseLike<void>;
  }

  const ari: { connect(baseUrl: string, user: string, password: string): PromiseLike<Client> };
  export default ari;
}
