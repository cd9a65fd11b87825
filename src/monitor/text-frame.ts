const TEXT = 0x81;
/** The longest payload whose length fits into the second byte of a frame, and into the two bytes after it. */
const SHORT = 125;
const MEDIUM = 65_535;

/** One WebSocket frame (RFC 6455) of a server with a whole text message. */
export function textFrame(message: Buffer): Buffer {
  return Buffer.concat([headerOf(message.length), message]);
}

function headerOf(length: number): Buffer {
  if (length <= SHORT) return Buffer.from([TEXT, length]);
  const header = Buffer.alloc(length <= MEDIUM ? 4 : 10);
  header[0] = TEXT;
  if (length <= MEDIUM) {
    header[1] = 126;
    header.writeUInt16BE(length, 2);
  } else {
    header[1] = 127;
    header.writeBigUInt64BE(BigInt(length), 2);
  }
  return header;
}
