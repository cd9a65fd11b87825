import { AsteriskError } from '../port.js';

/** A trunk as Asterisk needs it. `name` is endpoint, AOR, auth, identify and registration in one. */
export interface TrunkAccount {
  name: string;
  registers: boolean;
  /** Host with a port or without, as in a SIP address. */
  server: string;
  /** Domain of the account, where it differs from the server's host. */
  domain?: string | undefined;
  user?: string | undefined;
  password?: string | undefined;
  /** User in the Contact of a registration: the number that the provider then calls. */
  contactUser: string;
  transport: 'udp' | 'tcp' | 'tls';
  encryption: 'none' | 'sdes';
  codecs: string[];
  /** Host and port of the proxy through which its calls come and go; undefined: none. */
  front?: string | undefined;
  /** IP addresses and networks whose calls are the trunk's. */
  sources: string[];
  /** Whether Asterisk asks the server regularly whether it answers. */
  checks: boolean;
}

/** What Asterisk knows about a trunk. */
export interface TrunkLink {
  /** Asterisk has its endpoint. */
  exists: boolean;
  /** As Asterisk names it: `Registered`, `Unregistered`, `Rejected`, `Stopped`; undefined without a registration. */
  registration: string | undefined;
  /** Whether the server has answered the last check; undefined before the first, and without checks. */
  answers: boolean | undefined;
  /** Channels of calls in both directions. */
  channels: number;
}

/** Asterisk's own files, or another gateway, have an endpoint of that name. */
export class EndpointTaken extends AsteriskError {
  constructor(name: string) {
    super('refused', `Asterisk already has an endpoint ${name}, which is not a trunk of the gateway`);
  }
}

export interface TrunkPort {
  /** Creates or changes a trunk, without shared files. @throws {EndpointTaken} */
  put(trunk: TrunkAccount): Promise<void>;
  /** Does nothing for endpoints that {@link put} has not created. */
  remove(name: string): Promise<void>;
  /** Registers it with its server now, and not when the registration ends. */
  register(name: string): Promise<void>;
  /** Names of the trunks created by {@link put}. */
  list(): Promise<string[]>;
  links(names: readonly string[]): Promise<Map<string, TrunkLink>>;
  /** Channels of incoming calls on a trunk. */
  incomingCalls(trunk: string): Promise<number>;
}
