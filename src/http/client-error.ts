import type { Duplex } from 'node:stream';
import { Problem } from './problem.js';

const problems: Record<string, Problem> = {
  HPE_HEADER_OVERFLOW: new Problem(431, 'Headers too large', 'the request line and headers are too long; send less'),
  ERR_HTTP_REQUEST_TIMEOUT: new Problem(408, 'Too slow', 'the request was not complete in time; send it again, faster'),
};

const malformed = new Problem(400, 'Malformed request', 'this is not an HTTP request');

/** Responds to input that never became a request: headers too large, too slow, or not HTTP. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const problem = problems[error.code ?? ''] ?? malformed;
  const body = JSON.stringify(problem);
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${problem.title}`,
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
    () => socket.destroy(),
  );
}
