import { readFile } from 'node:fs/promises';
import type { Transporter } from 'nodemailer';
import { messageOf } from '../lib/error-message.js';
import { SECOND_MS } from '../lib/time.js';
import type { SendMail } from './receivers.js';

/** The mail server; see SMTP_… in .env.example. */
export interface MailSettings {
  host: string;
  port: number;
  /** `tls`: from the first byte. `starttls`: required before the login. `none`: in a trusted network only. */
  security: 'tls' | 'starttls' | 'none';
  user: string | undefined;
  /** Read when a mail is sent, so that a changed password counts. */
  passwordFile: string | undefined;
  from: string;
}

const TIMEOUT_MS = 15 * SECOND_MS;
/** Status of SMTP for an accepted mail. */
const ACCEPTED = 250;

/** Sends mails, each over a connection of its own: they are few. @param settings undefined: no mail server is set */
export function mailSender(settings: MailSettings | undefined): SendMail {
  return async ({ to, id, subject, text }) => {
    const startedAt = performance.now();
    const latency = () => Math.round(performance.now() - startedAt);
    if (settings === undefined) return { failed: 'mail: SMTP_HOST is not set', latencyMs: 0 };
    try {
      const transport = await open(settings);
      const sent: unknown = await transport.sendMail({
        from: settings.from,
        to,
        subject,
        text,
        // The same when it is sent again: mail programs then show it once.
        messageId: `<${id}@cordboard>`,
        headers: { 'auto-submitted': 'auto-generated' },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      return { status: ACCEPTED, answer: answerOf(sent), latencyMs: latency() };
    } catch (error) {
      return { failed: `mail: ${messageOf(error)}`, latencyMs: latency() };
    }
  };
}

/** Loaded with the first mail: most installations send none. */
async function open({ host, port, security, user, passwordFile }: MailSettings): Promise<Transporter> {
  const pass = passwordFile === undefined ? '' : (await readFile(passwordFile, 'utf8')).replace(/\r?\n$/, '');
  const { createTransport } = await import('nodemailer');
  return createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    auth: user === undefined ? undefined : { user, pass },
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    dnsTimeout: TIMEOUT_MS,
  });
}

function answerOf(sent: unknown): string {
  const { response, rejected } = sent as { response?: unknown; rejected?: unknown[] };
  const refused = (rejected ?? []).length === 0 ? '' : ` (refused: ${(rejected ?? []).join(', ')})`;
  return `${typeof response === 'string' ? response : ''}${refused}`;
}
