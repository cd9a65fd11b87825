/** The part of asterisk-manager 0.2.0 (untyped JavaScript) that ami-connection.ts uses. */
declare module 'asterisk-manager' {
  import type { NetConnectOpts } from 'node:net';

  export type ManagerValue = string | string[] | Record<string, string>;
  /** A response or an event: lower-case keys; a repeated key holds an array. */
  export type ManagerItem = Record<string, ManagerValue>;
  export type ManagerCallback = (error: ManagerItem | undefined, reply: ManagerItem) => void;

  export interface Manager {
    options: { username: string; password: string };
    /** Passes its first argument to `net.createConnection`, so it accepts options with a signal as well as a port. */
    connect(options: NetConnectOpts & { signal?: AbortSignal }, host: undefined, done: () => void): void;
    login(done: (error: ManagerItem | undefined) => void): void;
    action(fields: Record<string, unknown>, done: ManagerCallback): string;
    on(event: 'managerevent', listener: (event: ManagerItem) => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
    on(event: 'close', listener: () => void): void;
    removeAllListeners(event: string): void;
  }

  /** Connects automatically only when a port is given. */
  const createManager: new (port: null, host: string, user: string, password: string, events: boolean) => Manager;
  export default createManager;
}
