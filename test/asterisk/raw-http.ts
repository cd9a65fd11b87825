import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { request, type IncomingMessage, type RequestOptions } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Gateway } from '../support/gateway.js';

/** Requests that no well-behaved client sends: unnormalised paths, bodies that are cut off or never end. */

const CHUNK_BYTES = 256 * 1024;

export interface RawAnswer {
  status: number;
  type: string;
  body: string;
}

export interface RawRequest extends Pick<RequestOptions, 'method' | 'headers'> {
  body?: string;
  /** Sends a body of this many bytes, as fast as the gateway reads it. */
  bytes?: number;
  /** Breaks the connection after this many bytes. */
  cutAfterBytes?: number;
}

/** The response; undefined after a broken connection. `pathname` is sent unchanged, with dots. */
export async function rawRequest(
  gateway: Gateway,
  pathname: string,
  { method = 'GET', headers = {}, body, bytes = 0, cutAfterBytes = Infinity }: RawRequest = {},
): Promise<RawAnswer | undefined> {
  const sent = request({ host: '127.0.0.1', port: gateway.port, path: pathname, method, headers, agent: false });
  // An early refusal resets the connection while the body is still being written; the response is read all the same.
  sent.on('error', () => undefined);
  const answered = once(sent, 'response').catch(() => []) as Promise<[IncomingMessage?]>;
  if (bytes === 0) sent.end(body);
  else void pipeline(chunks(bytes, cutAfterBytes), sent).catch(() => undefined);
  const [response] = await answered;
  if (response === undefined) return undefined;
  response.setEncoding('utf8');
  let text = '';
  response.on('data', (chunk: string) => (text += chunk));
  await once(response, 'end');
  sent.destroy();
  return { status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', body: text };
}

/** @throws after `cutAfterBytes`, which breaks the connection */
function* chunks(bytes: number, cutAfterBytes: number): Generator<Buffer> {
  const chunk = Buffer.alloc(CHUNK_BYTES, 1);
  for (let done = 0; done < bytes; done += chunk.length) {
    if (done >= cutAfterBytes) throw new Error('cut');
    yield chunk;
  }
}

/**
 * The peak memory (MB) of the gateway's process while `job` runs, beyond that before.
 */
export async function memoryNeededMb(gateway: Gateway, job: () => Promise<void>): Promise<number> {
  // Resets the peak to the current usage.
  await writeFile(`/proc/${gateway.pid}/clear_refs`, '5');
  const before = await peakMb(gateway);
  await job();
  return (await peakMb(gateway)) - before;
}

async function peakMb(gateway: Gateway): Promise<number> {
  const status = await readFile(`/proc/${gateway.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
