import type { Readable } from 'node:stream';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { FixtureBody } from '../fixture.js';

const DECODERS: Record<string, (bytes: Buffer, limit: { maxOutputLength: number }) => Buffer> = {
  gzip: gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};
const TEXT = /^(text\/|application\/(json|xml|x-www-form-urlencoded|.*\+(json|xml))|$)/i;

/** Copies the start of a stream for the recording, without delaying the stream. */
export class BodyCopy {
  readonly #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(
    stream: Readable,
    private readonly maxBytes: number,
  ) {
    stream.on('data', (chunk: Buffer) => {
      this.#bytes += chunk.length;
      if (this.#bytes <= maxBytes) this.#chunks.push(chunk);
    });
  }

  /** @param redact applied to the decoded text */
  read(
    headers: Readonly<Record<string, string | string[] | undefined>>,
    redact: (text: string, type: string) => string,
  ): FixtureBody {
    const type = String(headers['content-type'] ?? '');
    const omitted = (why: string) => ({ omitted: `${this.#bytes} bytes of ${type || 'no type'}: ${why}` });
    if (this.#bytes > this.maxBytes) return omitted(`more than ${this.maxBytes}`);
    if (!TEXT.test(type)) return omitted('not text');
    const encoding = String(headers['content-encoding'] ?? 'identity');
    const decode = DECODERS[encoding];
    if (decode === undefined && encoding !== 'identity') return omitted(`encoded as ${encoding}`);
    try {
      const bytes = Buffer.concat(this.#chunks);
      const plain =
        decode === undefined || bytes.length === 0 ? bytes : decode(bytes, { maxOutputLength: this.maxBytes });
      return redact(new TextDecoder(/charset="?([\w-]+)/i.exec(type)?.[1] ?? 'utf-8').decode(plain), type);
    } catch {
      return omitted('cannot be decoded');
    }
  }
}
