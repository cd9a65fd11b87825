import type { ZodType } from 'zod';

/**
 * What the gateways of one company share for a short time and may lose at any moment: nothing here is needed for a call, and every
 * decision is made with what this process knows. Durable state belongs into the database.
 *
 * Keys and values may name people: they leave the process encrypted, and are not believed unless a gateway on the same database wrote them.
 *
 * No method throws, rejects or waits longer than {@link COMMAND_TIMEOUT_MS}. While the others cannot be reached, values are unknown and
 * messages are dropped; messages are neither stored nor repeated.
 */
export interface SharedState {
  /** Why the other gateways cannot be reached; undefined when they can, and when there are none. */
  readonly problem: string | undefined;

  /** Connects in the background: the gateway starts without waiting for it. */
  start(): void;
  stop(): Promise<void>;

  /** A kept value; undefined when it is unknown, has expired, or does not match the schema. */
  read<T>(key: string, schema: ZodType<T>): Promise<T | undefined>;
  /** Keeps a value, as JSON, for `ttlMs` milliseconds at most. Too large ones are not kept. */
  write(key: string, value: unknown, ttlMs: number): void;
  /** Removes a value. While the others cannot be reached, it stays until it expires. */
  remove(key: string): void;

  /** Sends a message, as JSON, to all other gateways, in order. */
  publish(topic: string, message: unknown): void;
  /**
   * Calls the listener for messages of other gateways that match the schema.
   * @param listener `sender`: a name of the gateway's process
   * @returns the function that unsubscribes
   */
  subscribe<T>(topic: string, schema: ZodType<T>, listener: (message: T, sender: string) => void): () => void;
  /** Calls the listener whenever the others can be reached again, and the first time: messages may have been missed. */
  onJoined(listener: () => void): () => void;
}

/** How long one command may take. */
export const COMMAND_TIMEOUT_MS = 200;
/** Length of the JSON of a value. */
export const MAX_VALUE_LENGTH = 64 * 1024;
/** Length of the JSON of a message: it says what has changed, and never has the content. */
export const MAX_MESSAGE_LENGTH = 512 * 1024;
