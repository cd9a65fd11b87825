/**
 * Names of the contexts in `asterisk-config/extensions.conf` that the gateway knows. Their prefix keeps them apart from the contexts
 * of a company that runs an Asterisk of its own.
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
} as const;

/** Before the prefix. Calls that began in a dialplan of that time still name them. */
const OLD_NAMES = { fromHandset: 'from-handset', queue: 'queue' } as const;

/** The gateway sends calls there: without one of them calls fail. */
export const NEEDED_CONTEXTS = [
  contexts.fallback,
  contexts.queue,
  contexts.detect,
  contexts.ringHandset,
  contexts.queueExit,
  contexts.queueRecord,
] as const;

/** Calls come from there, unless a company's own dialplan calls `Stasis()` itself. */
export const ENTRY_CONTEXTS = [contexts.incoming, contexts.fromHandset] as const;

/** Contexts of the dialplan before the prefix, under names that no other dialplan is likely to have. */
export const OLD_CONTEXTS = ['ring-handset', 'queue-exit', 'queue-record'] as const;

/** A company's own dialplan may still give the old name to `Stasis()`. */
export function isFromHandset(context: string | undefined): boolean {
  return context === contexts.fromHandset || context === OLD_NAMES.fromHandset;
}

/** Where the caller of a visit waits or talks. */
export function isQueueContext(context: string): boolean {
  return context === contexts.queue || context === OLD_NAMES.queue;
}
