import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway } from '../support/gateway.js';
import { orStop } from '../support/or-stop.js';
import { freePort } from '../support/ports.js';
import { Phone, type PhoneOptions } from '../support/sip/phone.js';
import { Phones } from '../support/sip/phones.js';

type Company = NonNullable<Parameters<typeof Gateway.start>[0]['company']>;

/** A gateway with a trunk to a provider, and phones on both sides. */
export class ProviderHarness {
  private constructor(
    readonly asterisk: TestAsterisk,
    readonly gateway: Gateway,
    /** Receives calls through the trunk. */
    readonly provider: Phone,
    readonly phones: Phones,
  ) {}

  /** @param incoming what the provider does with calls */
  static async start(company: Company, incoming: NonNullable<PhoneOptions['incoming']>): Promise<ProviderHarness> {
    const port = await freePort();
    const asterisk = await startAsterisk({ trunkContact: `sip:127.0.0.1:${port}` });
    const server = { host: '127.0.0.1', port: asterisk.sipPort };
    const provider = await new Phone({ server, user: 'provider', port, incoming }).start();
    const gateway = await orStop(Gateway.start({ asterisk: asterisk.gatewayEnv(), company }), provider, asterisk);
    return new ProviderHarness(asterisk, gateway, provider, new Phones(asterisk, gateway));
  }

  async stop(): Promise<void> {
    await this.provider.stop();
    await this.phones.stop();
    await this.gateway.stop();
    await this.asterisk.stop();
  }
}
