import { z } from 'zod';
import { json, noContent, text, type Answer } from '../http/answer.js';
import { responseInstant } from '../http/instant.js';
import { conflict, notFound, Problem } from '../http/problem.js';
import { RateLimit } from '../http/rate-limit.js';
import { route, type Request, type Route } from '../http/route.js';
import type { Clock } from '../lib/clock.js';
import type { RecordAction } from '../storage/audit-log.js';
import { deskPhoneMakers, type DeskPhone, type DeskPhoneMaker } from './desk-phone-files.js';
import { expiryOf, type EnrolledPhone, type EnrolledPhones, type Visit } from './enrolled-phones.js';
import { requireOwnAccount } from './handset-routes.js';
import type { Handset } from './schema.js';

const macAddress = z
  .string()
  .regex(/^[0-9A-Fa-f]{2}([:. -]?[0-9A-Fa-f]{2}){5}$/, '12 hexadecimal digits, such as 80:5E:C0:00:11:22')
  .transform((mac) => mac.replace(/[^0-9A-Fa-f]/g, '').toLowerCase());

const name = z.object({ name: z.string().max(40) });

const enrolledPhone = z.object({
  mac: z.string(),
  created_at: responseInstant,
  expires_at: responseInstant.nullable().describe('Until when the phone has to ask first; null when it has'),
  first_fetched_at: responseInstant.nullable(),
  last_fetched_at: responseInstant.nullable(),
  device: z.string().describe('User-Agent of the phone'),
});

/** Unknown addresses and wrong logins of one client. Files that a phone lacks do not count: many phones may share one public address. */
const ATTEMPTS = { burst: 30, perSecond: 0.1 };

interface EnrolmentOptions {
  phones: EnrolledPhones;
  handsets: () => Handset[];
  /** Undefined while Asterisk does not have the handset. */
  sipPassword: (handset: string) => string | undefined;
  /** What the phone of a handset is told, apart from the account's password and the way back here. */
  describe: (handset: Handset) => Omit<DeskPhone, 'url' | 'login' | 'account'> & {
    account: Omit<DeskPhone['account'], 'password'>;
  };
  /** Of the gateway, without a trailing slash. */
  outsideUrl: string;
  clock: Clock;
  record: RecordAction;
  /** Leaves out what was just recorded. */
  recordOnce: RecordAction;
}

/** Desk phones that are set up by their MAC address. */
export class Enrolment {
  readonly #options: EnrolmentOptions;
  readonly #attempts: RateLimit;

  constructor(options: EnrolmentOptions) {
    this.#options = options;
    this.#attempts = new RateLimit({ ...ATTEMPTS, clock: options.clock });
  }

  routes(): Route[] {
    const { phones, record, outsideUrl } = this.#options;
    const path = '/api/v1/handsets/:name/enrolled-phone';
    return [
      route({
        method: 'GET',
        path,
        scope: 'operators:read',
        summary: 'The desk phone of a handset that fetches its settings by itself',
        params: name,
        answers: { 200: { description: 'The phone', schema: z.object({ phone: enrolledPhone.nullable() }) } },
        handle: async ({ params }) => {
          const phone = await phones.of(this.#deskHandset(params.name).name);
          return json({ phone: phone === undefined ? null : presentPhone(phone) });
        },
      }),
      route({
        method: 'PUT',
        path,
        scope: 'config:write',
        summary:
          'Makes an address at which one desk phone fetches the settings of a handset; a former address is withdrawn',
        params: name,
        body: z.strictObject({ mac: macAddress }),
        answers: {
          200: {
            description: 'The address, which is shown only once',
            schema: enrolledPhone.extend({ url: z.string().describe('To be entered into the phone; ends with /') }),
          },
          409: { description: 'The handset is for browsers (`webrtc`)' },
        },
        handle: async ({ params, body: { mac } }) => {
          const handset = this.#deskHandset(params.name);
          await record({ action: 'phone_enrolled', subject: handset.name, detail: { mac } });
          const secret = await phones.enrol(handset.name, mac);
          const phone = await phones.of(handset.name);
          if (phone === undefined) throw notFound('the phone was withdrawn meanwhile');
          const headers = { 'cache-control': 'no-store' };
          return json({ url: addressOf(outsideUrl, secret), ...presentPhone(phone) }, 200, headers);
        },
      }),
      route({
        method: 'DELETE',
        path,
        scope: 'config:write',
        summary: 'Withdraws that address; the phone keeps its account until the handset has a new password',
        params: name,
        answers: { 204: { description: 'Withdrawn' } },
        handle: async ({ params }) => {
          if (!(await phones.withdraw(params.name))) throw notFound(`no phone fetches the settings of ${params.name}`);
          await record({ action: 'phone_withdrawn', subject: params.name });
          return noContent();
        },
      }),
    ];
  }

  /** Answers a phone. @throws {Problem} 404 for everything that is not for this phone, 429 after many of them */
  async serve(request: PhoneRequest): Promise<Answer> {
    const { params, address, headers } = request;
    const { token: secret, file } = params;
    const { phones, outsideUrl } = this.#options;
    const device = (headers['user-agent'] ?? '').slice(0, 200);
    const phone = await phones.find(secret);
    const handset = this.#options
      .handsets()
      .find((one) => one.name === phone?.handset && !one.webrtc && one.endpoint === undefined);
    const maker = deskPhoneMakers.find(({ userAgent }) => userAgent.test(device));
    if (phone === undefined || handset === undefined || maker === undefined) throw this.#refusal(address);
    const url = addressOf(outsideUrl, secret);
    const indexMac = maker.index?.file.exec(file)?.[1]?.toLowerCase();
    if (maker.index !== undefined && indexMac === phone.mac)
      return text(maker.index.write(url, phone.mac), maker.contentType);
    const mac = maker.file.exec(file)?.[1]?.toLowerCase();
    // Phones ask for files of their model first.
    if (mac === undefined) throw unknown();
    const named = macIn(device) ?? mac;
    const visit = { secret, mac: named === mac ? mac : '', address, device, login: basicLogin(headers.authorization) };
    return this.#serveSettings(visit, { phone, handset, maker, url });
  }

  async #serveSettings(visit: Visit, { phone, handset, maker, url }: Found): Promise<Answer> {
    const { phones, record, recordOnce, sipPassword, describe } = this.#options;
    const { address, mac } = visit;
    const password = sipPassword(handset.name);
    if (password === undefined) throw new Problem(503, 'Unavailable', 'the handset is not in Asterisk yet; try again');
    const admitted = await phones.admit(visit, password);
    if (admitted === 'login needed' && visit.login === undefined)
      return { ...text('the login of the phone is needed', undefined, 401), headers: CHALLENGE };
    if (admitted === 'refused' || admitted === 'login needed') {
      await recordOnce({ action: 'phone_settings_refused', subject: handset.name, detail: { address } });
      throw this.#refusal(address);
    }
    await (phone.boundAt === null ? record : recordOnce)({
      action: 'phone_settings_fetched',
      subject: handset.name,
      detail: { address, mac },
    });
    const described = describe(handset);
    const account = { ...described.account, password };
    return {
      ...text(maker.write({ ...described, account, url, login: admitted }), maker.contentType),
      headers: { 'content-type': maker.contentType, 'cache-control': 'no-store' },
    };
  }

  /** Counts it, because it may be somebody who guesses. */
  #refusal(address: string): Problem {
    const waitS = this.#attempts.take(address);
    if (waitS === 0) return unknown();
    return new Problem(429, 'Too many requests', `too many unknown addresses; wait ${waitS} s`, {
      headers: { 'retry-after': String(waitS) },
    });
  }

  #deskHandset(wanted: string): Handset {
    const handset = this.#options.handsets().find((one) => one.name === wanted);
    if (handset === undefined) throw notFound(`there is no handset ${wanted}`);
    if (handset.webrtc) throw conflict(`${wanted} is a handset for browsers (webrtc)`);
    requireOwnAccount(handset);
    return handset;
  }
}

export type PhoneRequest = Pick<Request<{ token: string; file: string }>, 'params' | 'address' | 'headers'>;

interface Found {
  phone: EnrolledPhone;
  handset: Handset;
  maker: DeskPhoneMaker;
  url: string;
}

const CHALLENGE = { 'www-authenticate': 'Basic realm="Cordboard"', 'content-type': 'text/plain; charset=utf-8' };

function addressOf(outsideUrl: string, secret: string): string {
  return `${outsideUrl}/provisioning/${secret}/`;
}

/** Some phones name their MAC address in User-Agent. */
function macIn(device: string): string | undefined {
  const found = /(?:^|\s)((?:[0-9a-f]{2}:){5}[0-9a-f]{2}|[0-9a-f]{12})(?=[\s)]|$)/i.exec(device);
  return found?.[1]?.replaceAll(':', '').toLowerCase();
}

function basicLogin(header: string | undefined): { user: string; password: string } | undefined {
  const [, encoded] = /^Basic +(\S+)$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const [user = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':');
  return { user, password: rest.join(':') };
}

function unknown(): Problem {
  return notFound('there are no settings at this address for this phone');
}

function presentPhone(phone: EnrolledPhone): z.output<typeof enrolledPhone> {
  const instant = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    mac: phone.mac,
    created_at: new Date(phone.createdAt).toISOString(),
    expires_at: phone.boundAt === null ? instant(expiryOf(phone)) : null,
    first_fetched_at: instant(phone.boundAt),
    last_fetched_at: instant(phone.fetchedAt),
    device: phone.device,
  };
}
