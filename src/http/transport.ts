import type { CancelSignal } from '../lib/cancellation.js';
import type { WholeResponse } from '../lib/whole-response.js';

export interface SingleRequest {
  /** Where to connect. */
  url: URL;
  /** Path and query, sent as they are. */
  path: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body: string | undefined;
}

/** `maxBytes`: of the body. `signal`: its reason rejects the request, also while it waits for a connection. */
export interface Limits {
  maxBytes: number;
  signal: CancelSignal;
}

/** Sends single requests, without retries and redirects. */
export interface Transport {
  /** @throws {ConnectError} when no connection was made; otherwise the server may have seen the request */
  send(request: SingleRequest, limits: Limits): Promise<WholeResponse>;
  /** Aborts running requests and closes every connection. */
  destroy(): Promise<void>;
}
