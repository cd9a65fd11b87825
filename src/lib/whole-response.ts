import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { CancelSignal } from './cancellation.js';

export interface WholeResponse {
  status: number;
  headers: IncomingHttpHeaders;
  /** Without what came after `maxBytes`. */
  body: Buffer;
  /** The body is longer than `maxBytes`; the connection was given up. */
  truncated: boolean;
}

class Truncated extends Error {
  override readonly name = 'Truncated';
}

/**
 * Sends a request and collects the response. A stream for each body would cost more than the few kilobytes in it.
 *
 * @param limits `maxBytes`: of the body. `signal`: its reason rejects the request, also while it waits for a connection
 * @throws undici's errors
 */
export function wholeResponse(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  { maxBytes, signal }: { maxBytes: number; signal: CancelSignal },
): Promise<WholeResponse> {
  return new Promise((resolve, reject) => {
    const response = { status: 0, headers: {} as IncomingHttpHeaders };
    let chunks: Buffer[] = [];
    let bytes = 0;
    let controller: Dispatcher.DispatchController | undefined;
    const reasonOfAbort = () => (signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    const onAbort = () => {
      controller?.abort(reasonOfAbort());
      reject(reasonOfAbort());
    };
    const settle = (truncated: boolean) => {
      signal.removeEventListener('abort', onAbort);
      resolve({ ...response, body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks), truncated });
    };
    signal.addEventListener('abort', onAbort);
    dispatcher.dispatch(options, {
      onRequestStart(started) {
        controller = started;
        chunks = [];
        bytes = 0;
        if (signal.aborted) started.abort(reasonOfAbort());
      },
      onResponseStart(_, status, headers) {
        response.status = status;
        response.headers = headers;
      },
      onResponseData(current, chunk) {
        bytes += chunk.length;
        if (bytes <= maxBytes) {
          chunks.push(chunk);
          return;
        }
        settle(true);
        current.abort(new Truncated());
      },
      onResponseEnd: () => settle(false),
      onResponseError(_, error) {
        signal.removeEventListener('abort', onAbort);
        reject(error);
      },
    });
  });
}
