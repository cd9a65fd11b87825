/** A process with many watchers, so that what they cost is not counted as the server's. Told by its parent over IPC. */
import { once } from 'node:events';
import { WebSocket } from 'ws';

interface Task {
  url: string;
  /** The sockets use them in turn; none: no login. */
  tokens: readonly string[];
  sockets: number;
  /** So many of them look at what they are sent. */
  looking: number;
}

export interface Seen {
  /** From the event to a watcher, ms. */
  latenciesMs: number[];
  messages: number;
  bytes: number;
  /** Looking watchers times events: none is missing when these are all. */
  sightings: number;
  closed: number;
}

const AT_ONCE = 50;
let sockets: WebSocket[] = [];
let seen: Seen = nothing();

process.on('message', (message: { open?: Task; report?: true; close?: true }) => {
  if (message.open !== undefined) void open(message.open).then(() => process.send?.('opened'));
  else if (message.close === true) void close().then(() => process.send?.('closed'));
  else {
    process.send?.(seen);
    seen = nothing();
  }
});

function nothing(): Seen {
  return { latenciesMs: [], messages: 0, bytes: 0, sightings: 0, closed: 0 };
}

async function open({ url, tokens, sockets: count, looking }: Task): Promise<void> {
  for (let first = 0; first < count; first += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, count - first) }, (_, n) => {
      const token = tokens[(first + n) % tokens.length];
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const socket = new WebSocket(url, { headers, perMessageDeflate: false });
      listen(socket, ((first + n) * looking) % count < looking);
      return once(socket, 'open').then(() => socket);
    });
    sockets.push(...(await Promise.all(batch)));
  }
  seen = nothing();
}

function listen(socket: WebSocket, looks: boolean): void {
  const known = new Set<string>();
  socket.on('message', (data: Buffer) => {
    seen.messages += 1;
    seen.bytes += data.length;
    if (looks) look(data.toString(), known);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => (seen.closed += 1));
}

/** Callers of the benchmark are called `b-NUMBER-INSTANT`. */
function look(text: string, known: Set<string>): void {
  const now = Date.now();
  for (const [, number = '', at = ''] of text.matchAll(/b-(\d+)-(\d+)/g)) {
    if (known.has(number)) continue;
    known.add(number);
    seen.sightings += 1;
    seen.latenciesMs.push(now - Number(at));
  }
}

async function close(): Promise<void> {
  for (const socket of sockets) socket.terminate();
  sockets = [];
  await new Promise((resolve) => setImmediate(resolve));
}
