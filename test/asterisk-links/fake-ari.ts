import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

const HANDSHAKE_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

export interface WsRequest {
  request_id: string;
  method: string;
  uri: string;
  query_strings: { name: string; value: string }[];
  message_body?: string;
}

/** `undefined`: never any response. */
export type WsAnswer = { status: number; body?: unknown } | undefined;

/** An ARI server with scripted behaviour: responds correctly, incorrectly, late or not at all. */
export class FakeAri {
  /** Responses to requests over the events socket. */
  onRequest: (request: WsRequest) => WsAnswer = () => ({ status: 204 });
  /** Responses to plain HTTP requests. */
  onHttp: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.writeHead(404).end();
  /** Whether a new events socket is accepted, closed at once, or left waiting for the handshake. */
  door: 'open' | 'slammed' | 'silent' = 'open';
  hasRestOverWebSocket = true;
  answersPings = true;
  startedAt = '2026-11-21T10:00:00.000+0000';
  readonly requests: WsRequest[] = [];
  /** Paths with query of the handshakes, oldest first. */
  readonly handshakes: string[] = [];
  readonly #open = new Set<Socket>();
  readonly #events: Socket[] = [];
  readonly #changes = new EventEmitter();
  readonly #server: Server = createServer((request, response) => this.onHttp(request, response));

  constructor() {
    this.#server.on('connection', (socket: Socket) => {
      this.#open.add(socket);
      socket.on('close', () => {
        this.#open.delete(socket);
        this.#changes.emit('change');
      });
      socket.on('error', () => undefined);
    });
    this.#server.on('upgrade', (request, socket: Socket) => this.#upgrade(request, socket));
  }

  /** @returns the URL. */
  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** TCP connections that are open now. */
  get connections(): number {
    return this.#open.size;
  }

  /** Sends a text frame to every listener. */
  send(message: unknown): void {
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    for (const socket of this.#events) if (!socket.destroyed) socket.write(frame(TEXT, Buffer.from(text)));
  }

  cut(): void {
    for (const socket of this.#open) socket.resetAndDestroy();
  }

  /** Resolves when the condition holds; the test's own time limit applies. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await once(this.#changes, 'change');
  }

  #upgrade(request: IncomingMessage, socket: Socket): void {
    this.handshakes.push(request.url ?? '');
    this.#changes.emit('change');
    // Node leaves the sockets of an HTTP server half open.
    socket.on('end', () => socket.end()).resume();
    if (this.door === 'slammed') socket.destroy();
    if (this.door !== 'open') return;
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}${HANDSHAKE_GUID}`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    this.#events.push(socket);
    let unread: Buffer = Buffer.alloc(0);
    socket.on('data', (data: Buffer) => {
      unread = this.#readFrames(socket, Buffer.concat([unread, data]));
    });
  }

  #readFrames(socket: Socket, data: Buffer): Buffer {
    let rest = data;
    for (let parsed = parseFrame(rest); parsed !== undefined; parsed = parseFrame(rest)) {
      rest = parsed.rest;
      if (parsed.opcode === TEXT) this.#receive(socket, JSON.parse(parsed.payload.toString()) as WsRequest);
      else if (parsed.opcode === PING && this.answersPings) socket.write(frame(PONG, parsed.payload));
      else if (parsed.opcode === CLOSE) socket.end(frame(CLOSE, parsed.payload));
    }
    return rest;
  }

  #receive(socket: Socket, request: WsRequest): void {
    this.requests.push(request);
    this.#changes.emit('change');
    if (!this.hasRestOverWebSocket) return;
    const answer =
      request.uri === 'asterisk/info'
        ? { status: 200, body: { status: { startup_time: this.startedAt } } }
        : this.onRequest(request);
    if (answer === undefined) return;
    const response = {
      type: 'RESTResponse',
      request_id: request.request_id,
      status_code: answer.status,
      ...(answer.body !== undefined && {
        message_body: typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body),
      }),
    };
    socket.write(frame(TEXT, Buffer.from(JSON.stringify(response))));
  }
}

function frame(opcode: number, payload: Buffer): Buffer {
  const length = payload.length;
  const header =
    length < 126 ? Buffer.from([0x80 | opcode, length]) : Buffer.from([0x80 | opcode, 126, length >> 8, length & 255]);
  return Buffer.concat([header, payload]);
}

/** One masked frame of a client, below 64 KiB; undefined while it is incomplete. */
function parseFrame(data: Buffer): { opcode: number; payload: Buffer; rest: Buffer } | undefined {
  if (data.length < 6) return undefined;
  const short = data[1]! & 127;
  const start = short === 126 ? 8 : 6;
  const length = short === 126 ? data.readUInt16BE(2) : short;
  if (data.length < start + length) return undefined;
  const mask = data.subarray(start - 4, start);
  const payload = Buffer.from(data.subarray(start, start + length).map((byte, index) => byte ^ mask[index % 4]!));
  return { opcode: data[0]! & 15, payload, rest: data.subarray(start + length) };
}
