/** Names of the contexts in `asterisk-config/extensions.conf` that the gateway knows. */
const contexts = {
  incoming: 'incoming',
  fromHandset: 'from-handset',
  fallback: 'fallback',
  queue: 'queue',
  detect: 'detect',
  ringHandset: 'ring-handset',
  queueExit: 'queue-exit',
  queueRecord: 'queue-record',
} as const;

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
