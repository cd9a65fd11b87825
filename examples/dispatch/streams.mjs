/** A browser that has not read this much is let go; it comes back by itself. */
const MOST_UNREAD_BYTES = 1024 * 1024;
/** Keep-alive interval: idle connections get cut, and pages detect that they are stale. */
const PULSE_MS = 15_000;

/** Sends browsers the whole state at each change: Server-Sent Events. */
export class Streams {
  #open = new Map();
  #pending = false;

  constructor() {
    this.pulse = setInterval(() => this.changed(), PULSE_MS);
  }

  /** @param view what this browser is to see, as it is when it is asked */
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
        if (response.writableLength > MOST_UNREAD_BYTES) response.destroy();
        else response.write(message(view));
      }
    });
  }

  close() {
    clearInterval(this.pulse);
    for (const response of this.#open.keys()) response.end();
  }
}

function message(view) {
  return `data: ${JSON.stringify({ ...view(), now: Date.now() })}\n\n`;
}
