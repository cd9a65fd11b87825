import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Page } from 'playwright-core';

/** What RTCP packets have in place of the payload type (RFC 5761). */
const RTCP_TYPES = { from: 192, to: 223 };

/** A network between browsers and Asterisk that loses audio, and whose paths break. Each negotiation of a page gets a path of its own. */
export class MediaProxy {
  readonly #paths: Path[] = [];
  /** Of ten audio packets in each direction, so many are lost. */
  lostOfTen = 0;

  /** The audio of calls of this page, from the next load on, goes through the proxy. */
  async use(page: Page): Promise<void> {
    await page.exposeFunction('openPath', (host: string, port: number) => this.#open(host, port));
    await page.addInitScript(takePaths);
  }

  /** Loses everything on all paths so far. Later negotiations get new ones. */
  breakPaths(): void {
    for (const path of this.#paths) path.isBroken = true;
  }

  get paths(): number {
    return this.#paths.length;
  }

  close(): void {
    for (const path of this.#paths.splice(0)) path.socket.close();
  }

  /** @returns its port, at the address of Asterisk */
  async #open(host: string, port: number): Promise<number> {
    const socket = createSocket('udp4').bind(0, host);
    await once(socket, 'listening');
    const path: Path = { socket, isBroken: false, audio: { up: 0, down: 0 }, browser: undefined };
    socket.on('message', (data, from) => {
      const isDown = from.port === port;
      if (!isDown) path.browser = { host: from.address, port: from.port };
      const to = isDown ? path.browser : { host, port };
      if (to !== undefined && !this.#isLost(path, data, isDown ? 'down' : 'up')) socket.send(data, to.port, to.host);
    });
    this.#paths.push(path);
    return socket.address().port;
  }

  #isLost(path: Path, data: Buffer, direction: 'up' | 'down'): boolean {
    if (path.isBroken) return true;
    if (!isAudio(data)) return false;
    path.audio[direction] += 1;
    return path.audio[direction] % 10 < this.lostOfTen;
  }
}

interface Path {
  socket: Socket;
  isBroken: boolean;
  /** Packets so far. */
  audio: { up: number; down: number };
  browser: { host: string; port: number } | undefined;
}

/** Neither STUN, DTLS nor RTCP (RFC 7983). */
function isAudio(data: Buffer): boolean {
  const [first = 0, second = 0] = data;
  return first >= 128 && first <= 191 && !(second >= RTCP_TYPES.from && second <= RTCP_TYPES.to);
}

/** Runs in the page: the candidates of Asterisk are replaced by one, the proxy's, and Asterisk is told none that it could reach. */
function takePaths(): void {
  const { openPath } = window as unknown as { openPath: (host: string, port: number) => Promise<number> };
  const take = Object.getOwnPropertyDescriptor(RTCPeerConnection.prototype, 'setRemoteDescription')!.value as (
    description: RTCSessionDescriptionInit,
  ) => Promise<void>;
  const takeChanged = async function (this: RTCPeerConnection, { type, sdp = '' }: RTCSessionDescriptionInit) {
    const candidates = /^a=candidate:(\S+ 1 udp \d+) (\d+\.\d+\.\d+\.\d+) (\d+) typ host.*\r\n/im;
    const [line = '', id = '', host = '', port = ''] = candidates.exec(sdp) ?? [];
    const path = line === '' ? 0 : await openPath(host, Number(port));
    const others = sdp.replaceAll(/^a=candidate:.*\r\n/gim, (each) =>
      each === line ? `a=candidate:${id} ${host} ${path} typ host\r\n` : '',
    );
    await take.call(this, { type, sdp: others });
  };
  Object.assign(RTCPeerConnection.prototype, { setRemoteDescription: takeChanged });
  let silentPort = 100;
  const send = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'send')!.value as WebSocket['send'];
  WebSocket.prototype.send = function (data) {
    const [head = '', body = ''] = typeof data === 'string' ? data.split('\r\n\r\n') : [];
    if (!body.includes('a=candidate:')) {
      send.call(this, data);
      return;
    }
    // Nobody listens there. Asterisk takes equal candidates for the negotiation that it has.
    silentPort += 1;
    const sdp = body.replaceAll(/^(a=candidate:\S+ \d \S+ \d+) \S+ \d+/gm, `$1 127.0.0.1 ${silentPort}`);
    send.call(this, `${head.replace(/^Content-Length: \d+/m, `Content-Length: ${sdp.length}`)}\r\n\r\n${sdp}`);
  };
}
