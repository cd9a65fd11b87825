import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import { limitedBody, mediaType } from './body.js';
import { invalid, Problem } from './problem.js';

const FORM = 'multipart/form-data';
/** Room for the parts of a form beside the file: boundaries, part headers, small fields. */
const FORM_OVERHEAD_BYTES = 16_384;

/** The limit of a body that holds a file of `maxBytes` in any encoding; for `upload.maxBytes` of a route. */
export function uploadBytes(maxBytes: number): number {
  return maxBytes + FORM_OVERHEAD_BYTES;
}

/**
 * Passes the uploaded file, the body itself or the multipart field `field`, to `use` while it arrives. Nothing is buffered; reading stops
 * when `use` fails.
 */
export async function receiveFile<T>(
  request: IncomingMessage,
  field: string,
  maxBytes: number,
  use: (file: AsyncIterable<Buffer>) => Promise<T>,
): Promise<T> {
  const body = limitedBody(request, uploadBytes(maxBytes), field);
  return mediaType(request.headers['content-type']) === FORM ? receivePart(request, body, field, use) : use(body);
}

async function receivePart<T>(
  request: IncomingMessage,
  body: AsyncGenerator<Buffer>,
  field: string,
  use: (file: AsyncIterable<Buffer>) => Promise<T>,
): Promise<T> {
  const parser = createParser(request);
  let used: Promise<T> | undefined;
  parser.on('file', (name, file) => {
    // Without a listener an error after the consumer has ended would be thrown.
    file.on('error', () => undefined);
    if (name !== field || used) {
      file.resume();
      return;
    }
    used = use(file);
    used.catch(() => parser.destroy(new Error('the consumer of the file failed')));
  });
  const parsed = await settle(pipeline(body, parser));
  const result = used && (await settle(used));
  const failure = [result, parsed].find((outcome) => outcome && 'error' in outcome && outcome.error instanceof Problem);
  if (failure && 'error' in failure) throw failure.error;
  if ('error' in parsed) throw malformed();
  if (!result) throw invalid([{ field, detail: `send the file in a multipart field called ${field}` }]);
  if ('error' in result) throw result.error;
  return result.value;
}

type Settled<T> = { value: T } | { error: unknown };

async function settle<T>(promise: Promise<T>): Promise<Settled<T>> {
  return promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}

function createParser(request: IncomingMessage): busboy.Busboy {
  try {
    return busboy({ headers: request.headers, limits: { files: 2, fields: 20, fieldSize: 4096 } });
  } catch {
    throw malformed();
  }
}

function malformed(): Problem {
  return new Problem(400, 'Malformed body', 'the multipart form is not complete; send it again');
}
