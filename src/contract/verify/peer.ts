import { CERTIFICATE_REMEDY, isCertificateTrouble } from '../../http/certificates.js';
import { OutboundError, type OutboundAnswer, type OutboundClient, type OutboundRequest } from '../../http/outbound.js';
import { hideNumbers } from './hide.js';
import { Fault } from './sheet.js';

/** Limits that the gateway itself keeps to. */
export interface PeerLimits {
  connectTimeoutMs: number;
  totalTimeoutMs: number;
}

interface Asked {
  headers: Record<string, string>;
  body: string;
}

/** The web application that is being checked. Remembers how it answered, for the checks that look at all of it. */
export class Peer {
  /** Of all requests, also those that failed, in ms. */
  readonly latenciesMs: number[] = [];
  /** Answers with a status from 500, by status. */
  readonly serverErrors = new Map<number, number>();

  constructor(
    private readonly client: OutboundClient,
    readonly url: string,
    readonly limits: PeerLimits,
  ) {}

  /** @throws {Fault} when there is no complete answer */
  post({ headers, body }: Asked): Promise<OutboundAnswer> {
    const usual = { accept: 'application/json, */*;q=0.5', 'user-agent': 'Cordboard' };
    return this.ask({ url: this.url, method: 'POST', headers: { ...usual, ...headers }, body });
  }

  /** Some other request than a plain POST to {@link url}. @throws {Fault} when there is no complete answer */
  async ask(request: Pick<OutboundRequest, 'url' | 'method' | 'headers' | 'body'>): Promise<OutboundAnswer> {
    try {
      const answer = await this.client.request({ ...request, ...this.limits, reuse: false });
      this.latenciesMs.push(answer.latencyMs);
      if (answer.status >= 500) this.serverErrors.set(answer.status, (this.serverErrors.get(answer.status) ?? 0) + 1);
      return answer;
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      this.latenciesMs.push(error.latencyMs);
      throw new Fault(hideNumbers(`${error.reason}: ${error.detail}`), remedyOf(error, this.limits));
    }
  }
}

function remedyOf({ reason, detail }: OutboundError, { totalTimeoutMs }: PeerLimits): string {
  switch (reason) {
    case 'connect':
    case 'connect_timeout':
      if (isCertificateTrouble(detail)) return CERTIFICATE_REMEDY;
      return 'let the web application run at this address, and let this machine reach it';
    case 'timeout':
      return `answer within ${totalTimeoutMs / 1000} seconds: do what takes longer before or after`;
    case 'reset':
      return 'send a complete answer: the connection broke off; see the log of the web server';
    case 'too_large':
      return 'answer with at most 64 KiB: JSON alone, and no page around it';
    case 'redirect':
      return 'give the address that is redirected to: 301, 302 and 303 would lose the request';
    case 'invalid_url':
      return 'give an http or https address';
    case 'closed':
      return 'run the check again';
  }
}
