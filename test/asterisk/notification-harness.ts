import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { becomes } from '../support/becomes.js';
import { Gateway, type TestCompany } from '../support/gateway.js';
import { freePort } from '../support/ports.js';
import { Shop, text } from '../support/shop.js';
import { userOf, type SipRequest } from '../support/sip/message.js';
import { Phone, type IncomingBehaviour, type PhoneCall } from '../support/sip/phone.js';

/** The result of a notification that the dispatch receives when it is over. */
export interface NotificationResult {
  notification_id: string;
  external_id: string;
  result: string;
  attempts: { call_id: string; outcome: string }[];
  digit: string | null;
  action: string | null;
}

const WITHIN_MS = 60_000;

/** A company that notifies, a provider that serves every number, and a dispatch that receives the results. */
export class NotificationHarness {
  #lastNumber = 0;
  readonly results: NotificationResult[] = [];

  private constructor(
    readonly asterisk: TestAsterisk,
    readonly gateway: Gateway,
    readonly provider: Phone,
    private readonly hooks: Shop,
  ) {}

  /** @param byLastDigit the outcome of a call, by the last digit of the number */
  static async start(
    company: TestCompany,
    { byLastDigit, toneMs }: { byLastDigit: (digit: string) => IncomingBehaviour; toneMs: (prompt: number) => number },
  ): Promise<NotificationHarness> {
    const port = await freePort();
    const asterisk = await startAsterisk({ trunkContact: `sip:127.0.0.1:${port}` });
    const server = { host: '127.0.0.1', port: asterisk.sipPort };
    const incoming = (invite: SipRequest) => byLastDigit(calledNumber(invite).slice(-1));
    const provider = await new Phone({ server, user: 'provider', port, incoming }).start();
    const hooks = await new Shop(() => text('')).start();
    const webhooks = [{ name: 'dispatch', url: hooks.url, events: ['notification'] }];
    const gateway = await Gateway.start({ asterisk: asterisk.gatewayEnv(), company: { ...company, webhooks }, toneMs });
    const harness = new NotificationHarness(asterisk, gateway, provider, hooks);
    hooks.behave(({ fields }) => {
      harness.results.push(fields as unknown as NotificationResult);
      return text('');
    });
    return harness;
  }

  async stop(): Promise<void> {
    await this.gateway.stop();
    await this.provider.stop();
    await this.hooks.stop();
    await this.asterisk.stop();
  }

  /** A number that no test has used, with that last digit. */
  number(lastDigit: number): string {
    this.#lastNumber += 1;
    return `+420777${String(this.#lastNumber).padStart(5, '0')}${lastDigit}`;
  }

  post(path: string, body: object): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    return this.gateway.fetch(`/api/v1/notifications${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  invitesTo(number: string): PhoneCall[] {
    return this.provider.invites.filter(({ invite }) => calledNumber(invite) === number.replace('+', ''));
  }

  /** The first call to that number. */
  call(number: string): Promise<PhoneCall> {
    return becomes(`${number} is called`, () => this.invitesTo(number)[0], WITHIN_MS);
  }

  resultOf(number: string): Promise<NotificationResult> {
    const look = () => this.results.find((one) => one.external_id === `x${number}`);
    return becomes(`the result of ${number}`, look, WITHIN_MS);
  }

  /** Restarts the gateway, which dies at this failpoint if one is given. */
  async restart(failpoint?: string): Promise<void> {
    await this.gateway.kill();
    await this.gateway.run(failpoint === undefined ? {} : { CORDBOARD_FAILPOINT: failpoint });
    await this.gateway.ready();
  }

  /** Waits until the gateway has died, and starts it again. */
  async revived(): Promise<void> {
    await this.gateway.died();
    await this.restart();
  }
}

const calledNumber = (invite: SipRequest): string => userOf(invite.headers.get('To'));

/** A notification to that number; {@link NotificationHarness.resultOf} finds its result. */
export function notificationTo(to: string, prompt: number, more: object = {}): object {
  return { external_id: `x${to}`, order_id: `o${to}`, status: 'arrived', to, prompts: [prompt], ...more };
}
