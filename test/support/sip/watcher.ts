import { digestAnswer } from './digest.js';
import { Dialog } from './dialog.js';
import { responseTo, type SipRequest } from './message.js';
import { SipSocket } from './transactions.js';
import { Changes } from './until.js';

const WITHIN_MS = 15_000;
const EXPIRES_S = 300;

interface WatcherOptions {
  server: { host: string; port: number };
  user: string;
  password: string;
}

/** The keys of a desk phone that show the state of other phones: subscribes (RFC 3265) and keeps what it is told. */
export class Watcher {
  /** Bodies of the notifications, oldest first. */
  readonly bodies: string[] = [];
  readonly #socket = new SipSocket((request) => this.#onRequest(request));
  readonly #changes = new Changes();
  readonly #dialogs: { dialog: Dialog; event: string }[] = [];

  constructor(private readonly options: WatcherOptions) {}

  async start(): Promise<this> {
    await this.#socket.open();
    return this;
  }

  /** Ends all subscriptions and frees the port. */
  async stop(): Promise<void> {
    for (const { dialog, event } of this.#dialogs) {
      const request = this.#request(dialog, event, '', 0);
      await this.#socket.request(request, dialog.peer).catch(() => undefined);
    }
    await this.#socket.close();
  }

  /** Subscribes to a name. Resolves with the status of the response. */
  async subscribe(name: string, event = 'dialog', accept = 'application/dialog-info+xml'): Promise<number> {
    const { server, user, password } = this.options;
    const targetUri = `sip:${name}@${server.host}:${server.port}`;
    const dialog = Dialog.outgoing({ local: `<sip:${user}@${server.host}>`, targetUri });
    let response = await this.#socket.request(this.#request(dialog, event, accept), server);
    if (response.status === 401) {
      const again = this.#request(dialog, event, accept);
      again.headers.add(
        'Authorization',
        digestAnswer(response.headers.get('WWW-Authenticate'), again, { user, password }),
      );
      response = await this.#socket.request(again, server);
    }
    if (response.status === 200) {
      dialog.learn(response);
      this.#dialogs.push({ dialog, event });
    }
    return response.status;
  }

  /** Resolves when the last notification has this state of a dialog. */
  async shows(state: 'terminated' | 'early' | 'confirmed'): Promise<void> {
    await this.#changes.until(
      () => this.bodies.at(-1)?.includes(`<state>${state}</state>`) === true || undefined,
      WITHIN_MS,
      () => `no ${state}; the last was ${this.bodies.at(-1) ?? 'none'}`,
    );
  }

  #request(dialog: Dialog, event: string, accept: string, expires = EXPIRES_S): SipRequest {
    const request = dialog.request('SUBSCRIBE', this.#socket.address);
    request.headers.add('Event', event);
    if (accept !== '') request.headers.add('Accept', accept);
    request.headers.add('Expires', String(expires));
    return request;
  }

  #onRequest(request: SipRequest): void {
    this.#socket.respond(request, responseTo(request, 200, 'OK', 'watcher'));
    if (request.method !== 'NOTIFY') return;
    this.bodies.push(request.body);
    this.#changes.notify();
  }
}
