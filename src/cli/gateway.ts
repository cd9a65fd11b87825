import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import path from 'node:path';
import { CERTIFICATE_REMEDY, isCertificateError } from '../http/certificates.js';
import { CommandError, UnreachableError, type Terminal } from './command.js';
import { compact } from '../lib/compact.js';

const TIMEOUT_MS = 120_000;

/** An error response, with the problem document if the gateway sent one. */
export class GatewayRefused extends CommandError {
  override readonly name = 'GatewayRefused';
  constructor(
    readonly status: number,
    readonly body: Record<string, unknown>,
  ) {
    super(
      `the gateway refuses (${status}): ${typeof body['detail'] === 'string' ? body['detail'] : 'no reason given'}`,
    );
  }
}

/** A client of the running gateway's API. */
export class Gateway {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  static async of({ env }: Terminal): Promise<Gateway> {
    const url = given(env['CORDBOARD_URL']) ?? `http://127.0.0.1:${given(env['HTTP_PORT']) ?? '8080'}`;
    return new Gateway(url.replace(/\/+$/, ''), given(env['CORDBOARD_API_TOKEN']) ?? (await storedToken(env)));
  }

  /** @param timeoutMs for the whole response @throws {UnreachableError} @throws {GatewayRefused} */
  async request(
    method: 'GET' | 'PUT' | 'POST',
    route: string,
    content?: { type: string; body: string | Uint8Array<ArrayBuffer> },
    timeoutMs = TIMEOUT_MS,
  ): Promise<string> {
    return this.#reach(async () => {
      const headers = compact({ authorization: `Bearer ${this.token}`, 'content-type': content?.type });
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await fetch(this.url + route, { method, headers, body: content?.body ?? null, signal });
      const text = await response.text();
      if (response.ok) return text;
      throw new GatewayRefused(response.status, asRecord(text));
    });
  }

  /** The body of a response of any length and duration. @throws {UnreachableError} @throws {GatewayRefused} */
  async download(route: string): Promise<Readable> {
    return this.#reach(async () => {
      const response = await fetch(this.url + route, { headers: { authorization: `Bearer ${this.token}` } });
      if (response.ok && response.body !== null) return Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
      throw new GatewayRefused(response.status, asRecord(await response.text()));
    });
  }

  async #reach<T>(send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      if (error instanceof GatewayRefused) throw error;
      const { cause } = error as Error;
      const reason = cause instanceof Error && cause.message !== '' ? cause.message : String(error);
      throw new UnreachableError(`no gateway answers at ${this.url}: ${reason}\n${remedyOf(cause)}`);
    }
  }
}

function remedyOf(cause: unknown): string {
  const said = cause instanceof Error ? `${'code' in cause ? String(cause.code) : ''} ${cause.message}` : '';
  return isCertificateError(said) ? `It is there; ${CERTIFICATE_REMEDY}.` : 'Start it, or set CORDBOARD_URL.';
}

async function storedToken(env: Terminal['env']): Promise<string> {
  const file = path.join(given(env['CORDBOARD_DATA']) ?? 'data', 'secrets', 'api-token');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    throw new CommandError(
      `there is no API token: set CORDBOARD_API_TOKEN, or CORDBOARD_DATA so that ${file} is found`,
    );
  }
}

function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function asRecord(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
