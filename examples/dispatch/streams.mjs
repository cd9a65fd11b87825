/** A browser with more unread data is disconnected; it reconnects by itself. */
const MAX_UNREAD_BYTES = 1024 * 1024;
/** Keep-alive interval: idle connections get cut, and pages detect that they are stale. */
const KEEP_ALIVE_MS = 15_000;

/** Sends browsers the whole state at each change: Server-Sent Events. */
export class Streams {
  #open = new Map();
  #pending = false;

  constructor() {
    this.keepAlive = setInterval(() => this.changed(), KEEP_ALIVE_MS);
  }

  /** @param view returns the current state for this browser */
  open(response, view) {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(`retry: 1000\n${message(view)}`);
    this.#open.set(response, view);
    response.once('close', () => this.#open.delete(response));
  }

  /** Many changes at once are one for the browsers. */
  changed() {
    if (this.#pending) return;
    this.#pending = true;
    setImmediate(() => {
      this.#pending = false;
      for (const [response, view] of this.#open) {
        if (response.writableLength > MAX_UNREAD_BYTES) response.destroy();
        else response.write(message(view));
      }
    });
  }

  close() {
    clearInterval(this.keepAlive);
    for (const response of this.#open.keys()) response.end();
  }
}

function message(view) {
  return `data: ${JSON.stringify({ ...view(), now: Date.now() })}\n\n`;
}
