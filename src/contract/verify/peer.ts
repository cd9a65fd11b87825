import { CERTIFICATE_REMEDY, isCertificateError } from '../../http/certificates.js';
import { OutboundError, type OutboundAnswer, type OutboundClient, type OutboundRequest } from '../../http/outbound.js';
import { hideNumbers } from './hide.js';
import { Fault } from './sheet.js';

/** The gateway's own limits. */
export interface PeerLimits {
  connectTimeoutMs: number;
  totalTimeoutMs: number;
}

interface Asked {
  headers: Record<string, string>;
  body: string;
}

/** The web application under test. Records latencies and server errors for the checks over a whole run. */
export class Peer {
  /** Of all requests, failed ones included, in ms. */
  readonly latenciesMs: number[] = [];
  /** Responses with a status from 500, by status. */
  readonly serverErrors = new Map<number, number>();

  constructor(
    private readonly client: OutboundClient,
    readonly url: string,
    readonly limits: PeerLimits,
  ) {}

  /** @throws {Fault} without a complete response */
  post({ headers, body }: Asked): Promise<OutboundAnswer> {
    const usual = { accept: 'application/json, */*;q=0.5', 'user-agent': 'Cordboard' };
    return this.ask({ url: this.url, method: 'POST', headers: { ...usual, ...headers }, body });
  }

  /** Sends a request other than a POST to {@link url}. @throws {Fault} without a complete response */
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
      if (isCertificateError(detail)) return CERTIFICATE_REMEDY;
      return 'run the web application at this address, and make it reachable from this machine';
    case 'timeout':
      return `answer within ${totalTimeoutMs / 1000} seconds: do longer work before or afterwards`;
    case 'reset':
      return 'send a complete answer: the connection was reset; the log of the web server has the cause';
    case 'too_large':
      return 'answer with at most 64 KiB of JSON, not with a page';
    case 'redirect':
      return 'use the address of the redirect: 301, 302 and 303 would lose the request';
    case 'invalid_url':
      return 'use an http or https address';
    case 'closed':
      return 'run the check again';
  }
}
