import { Phone, type PhoneCall, type PhoneOptions } from './phone.js';

type OptionsOfPhone = Omit<PhoneOptions, 'server'>;

/** The phones of a test on one Asterisk, which are stopped together. */
export class Phones {
  readonly #started: Phone[] = [];

  constructor(
    private readonly asterisk: { sipPort: number },
    private readonly gateway: { handsetPassword(name: string): Promise<string> },
  ) {}

  get all(): readonly Phone[] {
    return this.#started;
  }

  /** A phone that does not register: a caller on the trunk. */
  async start(options: OptionsOfPhone): Promise<Phone> {
    const phone = await new Phone({ server: { host: '127.0.0.1', port: this.asterisk.sipPort }, ...options }).start();
    this.#started.push(phone);
    return phone;
  }

  /** A phone that has registered as a handset of the company. */
  async handset(user: string, options: Partial<OptionsOfPhone> = {}): Promise<Phone> {
    const phone = await this.start({ user, password: await this.gateway.handsetPassword(user), ...options });
    await phone.registerSoon();
    return phone;
  }

  /** Calls a line from a new phone. */
  async call(line: string, from: string): Promise<PhoneCall> {
    return (await this.start({ user: from })).dial(line);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#started.splice(0).map((phone) => phone.stop()));
  }
}
