/**
 * Contexts of `asterisk-config/extensions.conf` that the gateway uses. The prefix avoids clashes with the dialplan of a
 * company that runs its own Asterisk.
 */
export const contexts = {
  incoming: 'cordboard-incoming',
  fromHandset: 'cordboard-from-handset',
  fallback: 'cordboard-fallback',
  queue: 'cordboard-queue',
  detect: 'cordboard-detect',
  ringHandset: 'cordboard-ring-handset',
  queueExit: 'cordboard-queue-exit',
  queueRecord: 'cordboard-queue-record',
  taken: 'cordboard-taken',
  presence: 'cordboard-presence',
} as const;

/** Names before the prefix was introduced. Calls that began in an older dialplan still have them. */
const OLD_NAMES = { fromHandset: 'from-handset', queue: 'queue' } as const;

/** Contexts that the gateway sends calls to: calls fail when one is missing. */
export const NEEDED_CONTEXTS = [
  contexts.fallback,
  contexts.queue,
  contexts.detect,
  contexts.ringHandset,
  contexts.queueExit,
  contexts.queueRecord,
  contexts.taken,
] as const;

/** Contexts that calls enter from, unless a company's own dialplan runs `Stasis()` itself. */
export const ENTRY_CONTEXTS = [contexts.incoming, contexts.fromHandset] as const;

/** Contexts of the older dialplan whose names are unlikely to occur in another dialplan. */
export const OLD_CONTEXTS = ['ring-handset', 'queue-exit', 'queue-record'] as const;

/** Accepts the old name too: a company's own dialplan may still pass it to `Stasis()`. */
export function isFromHandset(context: string | undefined): boolean {
  return context === contexts.fromHandset || context === OLD_NAMES.fromHandset;
}

/** True for the context in which a queue's caller waits and talks. */
export function isQueueContext(context: string): boolean {
  return context === contexts.queue || context === OLD_NAMES.queue;
}
