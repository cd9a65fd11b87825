import type { AriRequest } from './ari/ari-request.js';
import { ignoringGone } from './ignored-errors.js';
import { messageOf } from '../lib/error-message.js';
import { AsteriskError } from './port.js';
import { objectPath } from './sip-objects.js';

type Request = (request: AriRequest) => Promise<unknown>;

const PLAIN = /^[0-9a-f.:]+(?:\/64)?$/i;
/** What Asterisk 22.10 answers about an `acl` object, with HTTP 500: it cannot write its fields as JSON. The object is there. */
const NOT_SHOWN = /Allocation failed/;

/**
 * The banned addresses in Asterisk, which answers 403 to each SIP request of theirs. They are one `acl` object of res_pjsip, in memory
 * (sorcery.conf), which takes effect without a reload. Asterisk cannot change such an object, so two names take turns.
 */
export class SipBanList {
  #current = 0;

  constructor(
    private readonly request: Request,
    private readonly app: string,
  ) {}

  /** Replaces the list. @throws AsteriskError */
  async put(addresses: readonly string[]): Promise<void> {
    // Asterisk blocks all SIP when it cannot read an entry.
    const bad = addresses.find((address) => !PLAIN.test(address));
    if (bad !== undefined) throw new AsteriskError('refused', `${bad} is not an address`);
    const [before, next] = [this.#pathOf(this.#current), this.#pathOf(1 - this.#current)];
    await this.#remove(next);
    if (addresses.length > 0) {
      await this.#create(next, addresses);
      this.#current = 1 - this.#current;
    }
    await this.#remove(before);
  }

  async #create(path: string, addresses: readonly string[]): Promise<void> {
    // One field: ARI accepts 40 KB, which a field for each address would exceed.
    const fields = [{ attribute: 'deny', value: addresses.join(',') }];
    await ignoringNotShown(this.request({ method: 'PUT', path, body: { fields } }));
    await ignoringNotShown(this.request({ method: 'GET', path }));
  }

  async #remove(path: string): Promise<void> {
    await ignoringGone(this.request({ method: 'DELETE', path }));
  }

  #pathOf(index: number): string {
    return objectPath('acl', `${this.app}-bans-${index}`);
  }
}

async function ignoringNotShown(request: Promise<unknown>): Promise<void> {
  await request.catch((error: unknown) => {
    if (!NOT_SHOWN.test(messageOf(error))) throw error;
  });
}
