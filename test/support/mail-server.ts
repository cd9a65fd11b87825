import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface ReceivedMail {
  from: string;
  to: string[];
  /** Headers and body as they came, with decoded quoted-printable text. */
  text: string;
  subject: string;
  login: string | undefined;
}

/** A mail server that keeps what it receives, over plain SMTP on a free port. */
export class MailServer {
  readonly mails: ReceivedMail[] = [];
  /** What it says to a recipient; an error is not accepted. */
  answer = '250 2.1.5 ok';
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((socket) => this.#serve(socket));

  static async start(): Promise<MailServer> {
    const server = new MailServer();
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket)).on('error', () => undefined);
    const say = (line: string) => void socket.write(`${line}\r\n`);
    let mail = fresh();
    let login: string | undefined;
    let rest = '';
    let isData = false;
    say('220 mail.test ESMTP');
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      rest += chunk;
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (isData && line === '.') {
          isData = false;
          this.mails.push({ ...readable(mail.lines), from: mail.from, to: mail.to, login });
          mail = fresh();
          say('250 2.0.0 queued');
        } else if (isData) mail.lines.push(line.replace(/^\.\./, '.'));
        else command(line);
      }
    });
    const command = (line: string) => {
      const verb = line.slice(0, 4).toUpperCase();
      const address = /<(.*?)>/.exec(line)?.[1] ?? '';
      if (verb === 'EHLO') return void socket.write('250-mail.test\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n');
      if (verb === 'AUTH') {
        login = Buffer.from(line.split(' ')[2] ?? '', 'base64').toString();
        say('235 2.7.0 welcome');
        return;
      }
      if (verb === 'MAIL') mail.from = address;
      if (verb === 'RCPT') {
        if (this.answer.startsWith('2')) mail.to.push(address);
        say(this.answer);
        return;
      }
      if (verb === 'DATA') isData = true;
      if (verb === 'QUIT') return void socket.end('221 bye\r\n');
      say(verb === 'DATA' ? '354 go on' : '250 ok');
    };
  }
}

function fresh() {
  return { from: '', to: [] as string[], lines: [] as string[] };
}

function readable(lines: string[]): Pick<ReceivedMail, 'text' | 'subject'> {
  const whole = lines.join('\n');
  const [head = '', ...body] = whole.split('\n\n');
  const encoded = body.join('\n\n');
  const text = /transfer-encoding: base64/i.test(head)
    ? Buffer.from(encoded, 'base64').toString()
    : /quoted-printable/i.test(head)
      ? fromQuotedPrintable(encoded.replace(/=\n/g, ''))
      : encoded;
  const subject = /^Subject: ((?:.*\n[ \t])*.*)$/im.exec(head)?.[1]?.replace(/\n[ \t]/g, ' ') ?? '';
  return { text: `${head}\n\n${text}`, subject: decodedWords(subject) };
}

function decodedWords(subject: string): string {
  return subject
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?UTF-8\?([BQ])\?(.*?)\?=/gi, (_, kind: string, text: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString()
        : fromQuotedPrintable(text.replace(/_/g, ' ')),
    );
}

function fromQuotedPrintable(text: string): string {
  const latin = text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(latin, 'latin1').toString();
}
