import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** A TURN client over UDP (RFC 8656): what a browser asks a TURN server for. */

const MAGIC = 0x2112a442;
const BINDING = 0x0001;
const ALLOCATE = 0x0003;
const CREATE_PERMISSION = 0x0008;
const [USERNAME, MESSAGE_INTEGRITY, ERROR_CODE, XOR_PEER_ADDRESS] = [0x0006, 0x0008, 0x0009, 0x0012];
const [REALM, NONCE, REQUESTED_TRANSPORT] = [0x0014, 0x0015, 0x0019];
const UDP = Buffer.from([17, 0, 0, 0]);
const ANSWER_MS = 5_000;

export interface TurnAccount {
  username: string;
  credential: string;
}

/**
 * Asks for a relay, and then for the permission to reach each peer.
 *
 * @returns the answer to each request: `granted`, or the code of the error
 */
export async function askForRelay(
  port: number,
  account: TurnAccount,
  peers: string[],
): Promise<(number | 'granted')[]> {
  const socket = createSocket('udp4');
  try {
    const send = async (method: number, attributes: [type: number, value: Buffer][], key?: Buffer) => {
      socket.send(encode(method, attributes, key), port, '127.0.0.1');
      const [answer] = (await once(socket, 'message', { signal: AbortSignal.timeout(ANSWER_MS) })) as [Buffer];
      return decode(answer);
    };
    const challenge = await send(ALLOCATE, [[REQUESTED_TRANSPORT, UDP]]);
    const realm = challenge.get(REALM);
    const nonce = challenge.get(NONCE);
    if (realm === undefined || nonce === undefined) throw new Error('the server asks for no credentials');
    const credentials: [number, Buffer][] = [
      [USERNAME, Buffer.from(account.username)],
      [REALM, realm],
      [NONCE, nonce],
    ];
    const secret = `${account.username}:${realm.toString()}:${account.credential}`;
    const key = createHash('md5').update(secret).digest();
    const answers = [codeOf(await send(ALLOCATE, [[REQUESTED_TRANSPORT, UDP], ...credentials], key))];
    for (const peer of answers[0] === 'granted' ? peers : [])
      answers.push(codeOf(await send(CREATE_PERMISSION, [[XOR_PEER_ADDRESS, xored(peer)], ...credentials], key)));
    return answers;
  } finally {
    socket.close();
  }
}

/** Whether a STUN server answers there within half a second. */
export async function isListening(port: number, host = '127.0.0.1'): Promise<boolean> {
  const socket = createSocket('udp4');
  socket.send(encode(BINDING, [], undefined), port, host);
  const answered = once(socket, 'message', { signal: AbortSignal.timeout(500) });
  const isAnswered = await answered.then(
    () => true,
    () => false,
  );
  socket.close();
  return isAnswered;
}

function encode(method: number, attributes: [type: number, value: Buffer][], key: Buffer | undefined): Buffer {
  const parts = attributes.map(([type, value]) => attribute(type, value));
  const body = Buffer.concat(parts);
  const header = Buffer.alloc(20);
  header.writeUInt16BE(method, 0);
  header.writeUInt32BE(MAGIC, 4);
  randomBytes(12).copy(header, 8);
  if (key === undefined) {
    header.writeUInt16BE(body.length, 2);
    return Buffer.concat([header, body]);
  }
  // The length that is signed includes the signature.
  header.writeUInt16BE(body.length + 24, 2);
  const signed = Buffer.concat([header, body]);
  return Buffer.concat([signed, attribute(MESSAGE_INTEGRITY, createHmac('sha1', key).update(signed).digest())]);
}

function attribute(type: number, value: Buffer): Buffer {
  const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  padded.writeUInt16BE(type, 0);
  padded.writeUInt16BE(value.length, 2);
  value.copy(padded, 4);
  return padded;
}

function xored(address: string): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt8(1, 1);
  bytes.writeUInt16BE(5004 ^ (MAGIC >>> 16), 2);
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  bytes.writeUInt32BE((number ^ MAGIC) >>> 0, 4);
  return bytes;
}

function decode(message: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  for (let at = 20; at + 4 <= message.length;) {
    const length = message.readUInt16BE(at + 2);
    found.set(message.readUInt16BE(at), message.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return found;
}

function codeOf(answer: Map<number, Buffer>): number | 'granted' {
  const error = answer.get(ERROR_CODE);
  return error === undefined ? 'granted' : error.readUInt8(2) * 100 + error.readUInt8(3);
}
