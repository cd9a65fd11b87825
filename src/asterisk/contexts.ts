/** Contexts of `asterisk-config/extensions.conf` that the gateway uses. */
export interface Contexts {
  incoming: string;
  fromHandset: string;
  fromEncryptedHandset: string;
  fromTrunk: string;
  fallback: string;
  queue: string;
  detect: string;
  ringHandset: string;
  ringEndpoint: string;
  ringEndpointMasked: string;
  queueExit: string;
  queueRecord: string;
  taken: string;
  presence: string;
  messageLamp: string;
}

/** The prefix avoids clashes with the dialplan of a company that runs its own Asterisk, and with other gateways. */
export function contextsOf(app: string): Contexts {
  return {
    incoming: `${app}-incoming`,
    fromHandset: `${app}-from-handset`,
    fromEncryptedHandset: `${app}-from-encrypted-handset`,
    fromTrunk: `${app}-from-trunk`,
    fallback: `${app}-fallback`,
    queue: `${app}-queue`,
    detect: `${app}-detect`,
    ringHandset: `${app}-ring-handset`,
    ringEndpoint: `${app}-ring-endpoint`,
    ringEndpointMasked: `${app}-ring-endpoint-masked`,
    queueExit: `${app}-queue-exit`,
    queueRecord: `${app}-queue-record`,
    taken: `${app}-taken`,
    presence: `${app}-presence`,
    messageLamp: `${app}-message-lamp`,
  };
}

/** Names before the prefix was introduced. Calls that began in an older dialplan still have them. */
export const OLD_NAMES = { fromHandset: 'from-handset', queue: 'queue' } as const;

/** Contexts that the gateway sends calls to: calls fail when one is missing. */
export function neededContexts(contexts: Contexts): string[] {
  const { fallback, queue, detect, ringHandset, queueExit, queueRecord, taken } = contexts;
  return [fallback, queue, detect, ringHandset, queueExit, queueRecord, taken];
}

/** Contexts that calls enter from, unless a company's own dialplan runs `Stasis()` itself. */
export function entryContexts({ incoming, fromHandset }: Contexts): string[] {
  return [incoming, fromHandset];
}

/** Contexts of the older dialplan whose names are unlikely to occur in another dialplan. */
export const OLD_CONTEXTS = ['ring-handset', 'queue-exit', 'queue-record'] as const;
