import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';

/** One UDP datagram seen on loopback. */
export interface Datagram {
  /** Microseconds, by the kernel's clock at the moment it passed. */
  atUs: number;
  sourcePort: number;
  destinationPort: number;
  payload: Buffer;
}

export interface Capture {
  /** Everything that passed since the start, but for what tcpdump was too slow to take. */
  stop(): Promise<{ datagrams: Datagram[]; lost: number }>;
}

const ETHERNET_BYTES = 14;
const UDP_BYTES = 8;
/** The kernel hands packets to tcpdump a block at a time, at the latest after a second; what it holds when told to stop is lost. */
const SETTLE_MS = 1100;

/** Records the datagrams from and to these ports: the calls as an outsider sees them, with all servers measured alike. */
export async function startCapture(file: string, ports: number[], signal: AbortSignal): Promise<Capture> {
  const filter = ['udp', 'and', '(', ports.map((port) => `port ${port}`).join(' or '), ')'].join(' ');
  const options = ['-i', 'lo', '-Z', 'root', '-n', '-B', '32768', '-s', '2000', '-w', file];
  const tcpdump = spawn('tcpdump', [...options, filter], { signal });
  let output = '';
  tcpdump.stderr.setEncoding('utf8');
  await new Promise<void>((resolve, reject) => {
    tcpdump.stderr.on('data', (text: string) => {
      output += text;
      if (output.includes('listening on')) resolve();
    });
    tcpdump.once('error', reject);
    tcpdump.once('exit', () => reject(new Error(`tcpdump: ${output}`)));
  });
  return {
    async stop() {
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      const exited = once(tcpdump, 'exit', { signal });
      tcpdump.kill('SIGINT');
      await exited;
      const lost = Number(/^(\d+) packets dropped by kernel/m.exec(output)?.[1] ?? NaN);
      return { datagrams: readPcap(await readFile(file)), lost };
    },
  };
}

/** Reads a capture file of an Ethernet-like interface with microsecond stamps, in this machine's byte order. */
export function readPcap(file: Buffer): Datagram[] {
  if (file.readUInt32LE(0) !== 0xa1b2c3d4) throw new Error('not a capture in microseconds and little-endian');
  const datagrams: Datagram[] = [];
  for (let at = 24; at + 16 <= file.length;) {
    const atUs = file.readUInt32LE(at) * 1_000_000 + file.readUInt32LE(at + 4);
    const length = file.readUInt32LE(at + 8);
    const ip = at + 16 + ETHERNET_BYTES;
    const udp = ip + (file.readUInt8(ip) & 0x0f) * 4;
    const payload = file.subarray(udp + UDP_BYTES, at + 16 + length);
    datagrams.push({ atUs, sourcePort: file.readUInt16BE(udp), destinationPort: file.readUInt16BE(udp + 2), payload });
    at += 16 + length;
  }
  return datagrams;
}
