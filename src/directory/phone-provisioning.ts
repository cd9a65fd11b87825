import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { text } from '../http/answer.js';
import { route, type Route } from '../http/route.js';
import type { RecordAction } from '../storage/audit-log.js';
import type { Clock } from '../lib/clock.js';
import { MINUTE_MS } from '../lib/time.js';
import type { Enrolment } from './enrolment-routes.js';
import { phoneFiles, type PhoneAccount, type PhoneMaker } from './phone-files.js';

const TOKEN_BYTES = 24;
const KEPT_MS = 15 * MINUTE_MS;
const MAX_KEPT = 200;
const PATH = '/provisioning';

/** True for the addresses of settings. Other APIs have paths that end in `.xml`. */
export function isProvisioning(url: string): boolean {
  return url.startsWith(`${PATH}/`);
}

/** Where phones can fetch their settings, and until when. */
export interface ProvisioningLinks {
  urls: Record<PhoneMaker, string>;
  expiresAt: number;
}

/**
 * Settings of phones at secret addresses, in memory, for a quarter of an hour after a password was created. A new password of the same
 * handset withdraws the former address.
 */
export class PhoneProvisioning {
  /** By token, oldest first. */
  readonly #offered = new Map<string, PhoneAccount & { until: number }>();

  /**
   * @param outsideUrl of the gateway, without a trailing slash
   * @param record records who fetched the settings of a phone
   * @param enrolment of phones that fetch their settings at an address that stays
   */
  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    private readonly outsideUrl: string,
    private readonly record: RecordAction,
    private readonly enrolment: Pick<Enrolment, 'serve'>,
  ) {}

  offer(account: PhoneAccount): ProvisioningLinks {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const expiresAt = this.clock.now() + KEPT_MS;
    this.#removeOld(account.user);
    this.#offered.set(token, { ...account, until: expiresAt });
    const urlOf = (maker: PhoneMaker) => `${this.outsideUrl}${PATH}/${token}/${phoneFiles[maker].name}`;
    return {
      urls: { linphone: urlOf('linphone'), yealink: urlOf('yealink'), grandstream: urlOf('grandstream') },
      expiresAt,
    };
  }

  routes(): Route[] {
    return [
      route({
        method: 'GET',
        path: `${PATH}/:token/:file`,
        scope: 'public',
        ownLogin: true,
        summary:
          'Settings of a phone, at the address that came with its password, for 15 minutes, or at that of an enrolled phone',
        params: z.object({ token: z.string().max(80), file: z.string().max(40) }),
        answers: {
          200: {
            description: 'The file for Linphone, Yealink, Grandstream or Snom',
            type: phoneFiles.linphone.contentType,
            otherTypes: [phoneFiles.yealink.contentType],
          },
          401: { description: 'The login that an enrolled phone got with its first settings is needed' },
        },
        handle: async (request) => {
          const { params, address } = request;
          const { token, file } = params;
          this.#removeOld();
          const account = this.#offered.get(token);
          const found = Object.values(phoneFiles).find(({ name, ownNames }) => name === file || ownNames?.test(file));
          if (account === undefined || found === undefined) return this.enrolment.serve(request);
          await this.record({ action: 'phone_settings_fetched', subject: account.user, detail: { address } });
          return text(found.write(account), found.contentType);
        },
      }),
    ];
  }

  /** @param user whose settings are withdrawn as well */
  #removeOld(user?: string): void {
    const now = this.clock.now();
    for (const [token, { until, user: other }] of this.#offered)
      if (until <= now || other === user || this.#offered.size > MAX_KEPT) this.#offered.delete(token);
  }
}
