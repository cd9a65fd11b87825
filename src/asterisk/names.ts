import { contextsOf, OLD_NAMES, type Contexts } from './contexts.js';

/** A telephone of the company's own, whose SIP account is in Asterisk's configuration. */
export interface ForeignPhone {
  /** Name of the handset. */
  name: string;
  /** Its endpoint in Asterisk, such as `101`. */
  endpoint: string;
  /** Its operator may not see numbers. */
  masksCallers: boolean;
}

/** The application name of gateways that keep the names of earlier versions. */
const DEFAULT_APP = 'cordboard';
const RING_FOREIGN = /^Local\/(.+)@.*ring-endpoint(?:-masked)?(?:\/.*)?$/;
const RING_OWN = /^Local\/(.+)@.*ring-handset.*$/;

/**
 * How everything of one gateway is named in Asterisk, where the company's own objects and those of other gateways are. The name of
 * the ARI application is the prefix.
 */
export class AsteriskNames {
  readonly contexts: Contexts;
  readonly #isDefault: boolean;

  /** @param foreign the telephones of the company's own; read at each use, since the company document changes */
  constructor(
    readonly app: string = DEFAULT_APP,
    private readonly foreign: () => readonly ForeignPhone[] = () => [],
  ) {
    this.contexts = contextsOf(app);
    this.#isDefault = app === DEFAULT_APP;
  }

  /** Included by `queues.conf` and `musiconhold.conf`. */
  get files(): { queues: string; music: string } {
    return { queues: `${this.app}-queues.conf`, music: `${this.app}-music.conf` };
  }

  /** Families of Asterisk's database, which the dialplan reads too: addresses of phones, and handsets to which no number is sent. */
  get families(): { phones: string; masked: string } {
    return { phones: `${this.app}-phones`, masked: `${this.app}-masked` };
  }

  /** Marks the SIP accounts of this gateway. */
  get mark(): string {
    return this.#isDefault ? 'cordboard-handset' : `cordboard-handset@${this.app}`;
  }

  /** Marks the trunks of this gateway. */
  get trunkMark(): string {
    return this.#isDefault ? 'cordboard-trunk' : `cordboard-trunk@${this.app}`;
  }

  /** The mailbox of a handset in Asterisk. */
  mailboxOf(handset: string): string {
    return `${handset}@${this.app}`;
  }

  queue(id: number): string {
    return `${this.#prefix}q${id}`;
  }

  /** The id of a queue of this gateway; undefined for any other. */
  queueIdOf(name: string): number | undefined {
    if (!name.startsWith(this.#prefix)) return undefined;
    const digits = /^q([1-9]\d*)$/.exec(name.slice(this.#prefix.length))?.[1];
    return digits === undefined ? undefined : Number(digits);
  }

  musicClass(name: string): string {
    return `${this.#prefix}m-${name}`;
  }

  /** The dial string that rings all phones of a handset: a plain `PJSIP/name` rings one. */
  allPhonesOf(handset: string): string {
    const phone = this.#foreignOf(handset);
    if (phone === undefined) return `Local/${handset}@${this.contexts.ringHandset}`;
    const { ringEndpoint, ringEndpointMasked } = this.contexts;
    return `Local/${phone.endpoint}@${phone.masksCallers ? ringEndpointMasked : ringEndpoint}`;
  }

  isForeign(handset: string): boolean {
    return this.#foreignOf(handset) !== undefined;
  }

  endpointOf(handset: string): string {
    return this.#foreignOf(handset)?.endpoint ?? handset;
  }

  /** Empty for an endpoint that is no handset although it has the name of one. */
  handsetOf(endpoint: string): string {
    const phone = this.foreign().find((one) => one.endpoint === endpoint);
    if (phone !== undefined) return phone.name;
    return this.isForeign(endpoint) ? '' : endpoint;
  }

  /** @param interfaceName of a member of a queue, or a channel without its number: `Local/eva@…`, `PJSIP/eva` */
  handsetOfInterface(interfaceName: string): string {
    const endpoint = RING_FOREIGN.exec(interfaceName)?.[1] ?? /^PJSIP\/(.+)$/.exec(interfaceName)?.[1];
    if (endpoint !== undefined) return this.handsetOf(endpoint);
    return RING_OWN.exec(interfaceName)?.[1] ?? interfaceName;
  }

  /** Accepts the old name too: a company's own dialplan may still pass it to `Stasis()`. */
  isFromHandset(context: string | undefined): boolean {
    return context === this.contexts.fromHandset || (this.#isDefault && context === OLD_NAMES.fromHandset);
  }

  /** True for the context in which a queue's caller waits and talks. */
  isQueueContext(context: string): boolean {
    return context === this.contexts.queue || (this.#isDefault && context === OLD_NAMES.queue);
  }

  get #prefix(): string {
    return this.#isDefault ? '' : `${this.app}-`;
  }

  #foreignOf(handset: string): ForeignPhone | undefined {
    return this.foreign().find(({ name }) => name === handset);
  }
}
