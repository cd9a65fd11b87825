import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toneSamples } from '../tones.js';
import { Ear } from './ear.js';
import { encodeG711 } from './g711.js';
import type { Heard } from './recogniser.js';
import { buildRtp, parseRtp } from './rtp.js';
import { RtpTimeline } from './rtp-timeline.js';

const names = (heard: readonly Heard[]) =>
  heard.map((sound) => (sound.kind === 'prompt' ? `${sound.prompt}${sound.language}` : sound.kind));

/** Packets of 20 ms of the prompt's tone, A-law. */
function packetsOf(prompt: number, count: number, start: { sequence: number; timestamp: number; ssrc?: number }) {
  const samples = toneSamples(prompt, 'cs', count * 20);
  return Array.from({ length: count }, (_, index) =>
    buildRtp({
      payloadType: 8,
      marker: index === 0,
      sequence: start.sequence + index,
      timestamp: start.timestamp + index * 160,
      ssrc: start.ssrc ?? 7,
      payload: encodeG711(samples.subarray(index * 160, index * 160 + 160), 8),
    }),
  );
}

describe('an ear', () => {
  let ear: Ear;
  let sender: Socket;

  beforeEach(async () => {
    ear = await new Ear().open();
    sender = createSocket('udp4');
  });
  afterEach(async () => {
    sender.close();
    await ear.close();
  });

  async function send(packets: Uint8Array[]): Promise<void> {
    const wanted = ear.packets + packets.filter((packet) => parseRtp(Buffer.from(packet)) !== undefined).length;
    for (const packet of packets) sender.send(packet, ear.address.port, ear.address.host);
    await expect.poll(() => ear.packets, { interval: 5 }).toBe(wanted);
  }

  it('puts packets in order, across the wrap of sequence numbers and timestamps', async () => {
    const packets = packetsOf(20, 20, { sequence: 65530, timestamp: 2 ** 32 - 800 });
    [packets[4], packets[5]] = [packets[5]!, packets[4]!];
    await send(packets);
    expect(ear.lost).toBe(0);
    expect(ear.heard()).toEqual([{ kind: 'prompt', prompt: 20, language: 'cs', fromMs: 0, toMs: 400 }]);
  });

  it('turns a gap between timestamps into silence of that length', async () => {
    await send([
      ...packetsOf(20, 20, { sequence: 1, timestamp: 0 }),
      ...packetsOf(21, 20, { sequence: 21, timestamp: 1400 * 8 }),
    ]);
    expect(names(ear.heard())).toEqual(['20cs', 'silence', '21cs']);
    expect(Math.abs(ear.heard()[2]!.fromMs - 1400)).toBeLessThanOrEqual(20);
    expect(ear.pcm().length).toBe(1800 * 8);
  });

  it('counts a lost packet and hears the prompt through it', async () => {
    const packets = packetsOf(20, 30, { sequence: 1, timestamp: 0 });
    packets.splice(15, 1);
    await send(packets);
    expect(ear.lost).toBe(1);
    expect(names(ear.heard())).toEqual(['20cs']);
  });

  it('ignores RTCP and rubbish', async () => {
    await send([
      Uint8Array.of(0x80, 200, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0),
      new TextEncoder().encode('hello'),
      new Uint8Array(),
    ]);
    await send(packetsOf(20, 5, { sequence: 1, timestamp: 0 }));
    expect(ear.packets).toBe(5);
  });

  it('reports sounds live, including the silence of a sender that stopped', async () => {
    await send(packetsOf(20, 10, { sequence: 1, timestamp: 0 }));
    expect(names(ear.liveSounds)).toEqual(['20cs']);
    await new Promise<void>((resolve) => {
      const off = ear.onChange(() => {
        if (ear.liveSounds.at(-1)!.kind !== 'silence') return;
        off();
        resolve();
      });
    });
    expect(names(ear.liveSounds)).toEqual(['20cs', 'silence']);
  });

  it('has no address before it listens, and closes twice', async () => {
    expect(() => new Ear().address).toThrow('not open');
    await ear.close();
    await ear.close();
  });
});

describe('the timeline of RTP', () => {
  const packet = (sequence: number, timestamp: number, ssrc = 7) =>
    parseRtp(
      Buffer.from(buildRtp({ payloadType: 0, marker: false, sequence, timestamp, ssrc, payload: new Uint8Array(160) })),
    )!;

  it('trusts contiguous timestamps however late they are read', () => {
    const timeline = new RtpTimeline();
    timeline.place(packet(1, 0), 0);
    expect(timeline.place(packet(2, 160), 5000)!.at).toBe(160);
  });

  it('trusts the clock when timestamps jump by hours, and for a new stream', () => {
    const timeline = new RtpTimeline();
    timeline.place(packet(1, 0), 0);
    expect(timeline.place(packet(2, 80_000_000), 100)!.at).toBe(800);
    expect(timeline.place(packet(900, 5, 8), 1000)!.at).toBe(8000);
  });

  it('trusts the clock when a sender starts again with lower sequence numbers and other timestamps', () => {
    const timeline = new RtpTimeline();
    timeline.place(packet(1000, 0), 0);
    expect(timeline.place(packet(10, 2 ** 31 - 1), 20)?.at).toBe(160);
    expect(timeline.place(packet(11, 2 ** 31 + 159), 40)?.at).toBe(320);
  });

  it('does not mistake digits for audio', () => {
    const timeline = new RtpTimeline();
    expect(timeline.place({ ...packet(1, 0), payloadType: 101 }, 0)).toBeUndefined();
    expect(timeline.end).toBe(0);
  });
});

it('closes its socket', async () => {
  const ear = await new Ear().open();
  const { port } = ear.address;
  await ear.close();
  const again = createSocket('udp4');
  again.bind(port, '127.0.0.1');
  await once(again, 'listening');
  again.close();
});
