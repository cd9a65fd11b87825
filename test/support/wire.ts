import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { AsteriskAddress } from './asterisk.js';
import { decodeG711 } from './sip/g711.js';
import { recognise } from './sip/recogniser.js';

/** What somebody on the network sees of a telephone: a capture of loopback, searched for clear SIP and clear audio. */

const [GLOBAL_HEADER_BYTES, PACKET_HEADER_BYTES, ETHERNET_BYTES, UDP_BYTES, RTP_BYTES] = [24, 16, 14, 8, 12];
const UDP = 17;
const PCMA = 8;
/** The kernel hands packets over at the latest after a second; what it holds when tcpdump ends is lost. */
const SETTLE_MS = 1500;

export class Wire {
  private constructor(
    private readonly folder: string,
    private readonly tcpdump: ChildProcess,
  ) {}

  /** Captures what passes between this Asterisk and its telephones. */
  static async tap({ sipPort, sipTlsPort, rtpStart, rtpEnd }: AsteriskAddress): Promise<Wire> {
    const folder = await mkdtemp(path.join(tmpdir(), 'cordboard-wire-'));
    const filter = `port ${sipPort} or port ${sipTlsPort} or udp portrange ${rtpStart}-${rtpEnd}`;
    const options = ['-i', 'lo', '-Z', 'root', '-n', '-B', '16384', '-s', '0', '-w', path.join(folder, 'capture')];
    const tcpdump = spawn('tcpdump', [...options, filter], { stdio: ['ignore', 'ignore', 'pipe'] });
    let output = '';
    await new Promise<void>((resolve, reject) => {
      tcpdump.stderr.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (output.includes('listening on')) resolve();
      });
      tcpdump.once('error', reject);
      tcpdump.once('exit', () => reject(new Error(`tcpdump: ${output}`)));
    });
    return new Wire(folder, tcpdump);
  }

  /** Ends the capture. @returns first lines of SIP requests and test tones that can be read in it, and its size */
  async search(): Promise<{ requests: string[]; tones: number[]; bytes: number }> {
    await delay(SETTLE_MS);
    await this.#end();
    const capture = await readFile(path.join(this.folder, 'capture'));
    const lines = capture.toString('latin1').matchAll(/(?:INVITE|REGISTER|ACK|BYE) sips?:[^\r\n]+/g);
    return { requests: [...lines].map(([line]) => line), tones: tonesIn(capture), bytes: capture.length };
  }

  /** Ends the capture and removes it. May be called twice. */
  async stop(): Promise<void> {
    await this.#end();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #end(): Promise<void> {
    if (this.tcpdump.exitCode !== null || this.tcpdump.signalCode !== null) return;
    const exited = once(this.tcpdump, 'exit');
    this.tcpdump.kill('SIGINT');
    await exited;
  }
}

/** The test tones in all audio that is readable as PCMA, by the number of their prompt. */
function tonesIn(capture: Buffer): number[] {
  const streams = new Map<number, Uint8Array[]>();
  for (const packet of rtpPackets(capture)) {
    const source = packet.readUInt32BE(8);
    streams.set(source, [...(streams.get(source) ?? []), packet.subarray(RTP_BYTES)]);
  }
  const heard = [...streams.values()].flatMap((parts) => recognise(decodeG711(Buffer.concat(parts), PCMA)));
  return [...new Set(heard.flatMap((sound) => (sound.kind === 'prompt' ? [sound.prompt] : [])))].sort();
}

function* rtpPackets(capture: Buffer): Generator<Buffer> {
  for (let at = GLOBAL_HEADER_BYTES; at + PACKET_HEADER_BYTES <= capture.length;) {
    const end = at + PACKET_HEADER_BYTES + capture.readUInt32LE(at + 8);
    const ip = at + PACKET_HEADER_BYTES + ETHERNET_BYTES;
    const payload = capture.subarray(ip + (capture.readUInt8(ip) & 0x0f) * 4 + UDP_BYTES, end);
    const isRtp = payload.length > RTP_BYTES && payload.readUInt8(0) === 0x80 && (payload.readUInt8(1) & 0x7f) === PCMA;
    if (capture.readUInt8(ip + 9) === UDP && isRtp) yield payload;
    at = end;
  }
}
