import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { urlHost } from '../../lib/url-host.js';
import { failed, ok, warning, type Finding } from '../finding.js';

export type SipTransport = 'udp' | 'tcp';

export interface SipServer {
  /** Where telephones register. */
  server: string;
  port: number;
  /** Asterisk's address for the gateway: a router may not lead this machine to its own outside address. */
  nearby: string;
}

const ANSWER_MS = 2_000;

/** Whether Asterisk answers SIP at the address that telephones use, or at least nearby. */
export async function checkSip(transport: SipTransport, { server, port, nearby }: SipServer): Promise<Finding> {
  const at = (host: string) => `${host}:${port}/${transport}`;
  const host = await answeringHost(transport, { server, port, nearby });
  if (host === server) return ok(`${at(server)} answers`);
  if (host !== undefined)
    return warning(`${at(nearby)} answers, ${at(server)} does not answer this machine`, 'sip_outside');
  return failed(`${at(server)} does not answer`, 'sip_no_answer');
}

/** The address of the two that answers SIP, the one of telephones first. */
export async function answeringHost(
  transport: SipTransport,
  { server, port, nearby }: SipServer,
): Promise<string | undefined> {
  if (await answersSip(transport, server, port)) return server;
  return nearby !== server && (await answersSip(transport, nearby, port)) ? nearby : undefined;
}

/** Sends OPTIONS (RFC 3261, section 11); any response counts, also a refusal. */
async function answersSip(transport: SipTransport, host: string, port: number): Promise<boolean> {
  return transport === 'udp' ? overUdp(host, port) : overTcp(host, port);
}

function overUdp(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    const end = (answers: boolean) => {
      clearTimeout(timer);
      socket.removeAllListeners('message');
      socket.close();
      resolve(answers);
    };
    const timer = setTimeout(() => end(false), ANSWER_MS);
    socket.once('error', () => end(false));
    socket.on('message', (message) => {
      if (isSip(message)) end(true);
    });
    socket.connect(port, host, () => {
      const { address, port: own } = socket.address();
      socket.send(optionsRequest('UDP', { host, port }, `${urlHost(address)}:${own}`));
    });
  });
}

function overTcp(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (answers: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answers);
    };
    const timer = setTimeout(() => end(false), ANSWER_MS);
    socket.on('error', () => end(false));
    socket.on('close', () => end(false));
    socket.on('connect', () => {
      const own = `${urlHost(socket.localAddress ?? '')}:${socket.localPort ?? 0}`;
      socket.write(optionsRequest('TCP', { host, port }, own));
    });
    socket.on('data', (data) => end(isSip(data)));
  });
}

function isSip(data: Buffer): boolean {
  return data.toString('latin1', 0, 8) === 'SIP/2.0 ';
}

function optionsRequest(transport: string, to: { host: string; port: number }, own: string): string {
  const target = `sip:${urlHost(to.host)}:${to.port}`;
  return [
    `OPTIONS ${target} SIP/2.0`,
    `Via: SIP/2.0/${transport} ${own};branch=z9hG4bK${randomUUID()};rport`,
    'Max-Forwards: 1',
    `From: <sip:cordboard-doctor@${own}>;tag=${randomUUID()}`,
    `To: <${target}>`,
    `Call-ID: ${randomUUID()}`,
    'CSeq: 1 OPTIONS',
    `Contact: <sip:cordboard-doctor@${own}>`,
    'User-Agent: cordboard doctor',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}
