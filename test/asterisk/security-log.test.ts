import { createSocket } from 'node:dgram';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';

/** Asterisk's log of wrong passwords, and the fail2ban filter of docs/security.md. */

const STRANGER = '127.0.0.1';
const VICTIM = '192.0.2.1';

let asterisk: TestAsterisk;

beforeAll(async () => {
  asterisk = await startAsterisk({
    variables: { CORDBOARD_DEMO: '0' },
    extraPjsip: '[a1]\ntype=endpoint\nauth=a1\n[a1]\ntype=auth\nauth_type=userpass\nusername=a1\npassword=right\n',
  });
});
afterAll(() => asterisk.stop());

async function filter(): Promise<RegExp[]> {
  const text = await readFile(path.resolve(import.meta.dirname, '../../docs/security.md'), 'utf8');
  const [, lines] = /^failregex = ((?:.+\n)(?: +\^.+\n)*)/m.exec(text) ?? expect.unreachable();
  return lines!
    .trim()
    .split(/\n +/)
    .map((line) => new RegExp(line.replace('<HOST>', '(?<host>[0-9a-fA-F.:]+)')));
}

const read = async () => (await readFile(path.join(asterisk.logDir, 'security.log'), 'utf8')).split('\n');
const encoded = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

const forgedAddress = `",LocalAddress="x",RemoteAddress="IPV4/UDP/${VICTIM}/1`;
const challenge = '",Challenge="",Response="",ExpectedResponse="';
it.each([
  ['a wrong password', 'a1', 'plain', 'n'],
  ['an account that does not exist', 'nobody', 'plain2', 'n'],
  ['a line end in the account', encoded(`a\r\n{"message":"x`), 'plain3', 'n'],
  ['an address in the account', encoded(`",RemoteAddress="IPV4/UDP/${VICTIM}/1`), 'plain4', 'n'],
  ['an address in the Call-ID', 'a1', forgedAddress, 'n'],
  ['an address with a challenge in the Call-ID', 'a1', forgedAddress + challenge, 'n'],
  ['an address in the nonce', 'a1', 'plain5', forgedAddress.replaceAll('"', '\\"')],
])('%s is a line of JSON each, and names none but its sender', async (what, user, callId, nonce) => {
  const before = await read();
  const socket = createSocket('udp4');
  const packet = [
    'REGISTER sip:127.0.0.1 SIP/2.0',
    `Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK${what.replaceAll(' ', '')}`,
    `From: <sip:${user}@127.0.0.1>;tag=1`,
    'To: <sip:a1@127.0.0.1>',
    `Call-ID: ${callId}`,
    'CSeq: 1 REGISTER',
    `Authorization: Digest username="a1", realm="asterisk", nonce="${nonce}", uri="sip:127.0.0.1", response="r"`,
    'Content-Length: 0',
  ].join('\r\n');
  const answered = new Promise((resolve) => socket.once('message', resolve));
  socket.send(`${packet}\r\n\r\n`.replace('127.0.0.1:9;', `127.0.0.1:9;rport;`), asterisk.sipPort, '127.0.0.1');
  await answered;
  socket.close();
  const failures = async () => (await read()).slice(before.length - 1).filter((line) => /Failed|Invalid/.test(line));
  await expect.poll(async () => (await failures()).length).toBeGreaterThan(0);
  const expressions = await filter();
  const hosts = (await failures()).flatMap((line) => {
    JSON.parse(line);
    return expressions
      .map((expression) => expression.exec(line)?.groups?.['host'])
      .filter((host) => host !== undefined);
  });
  expect(new Set(hosts)).toEqual(new Set(what.endsWith('nonce') ? [] : [STRANGER]));
});
