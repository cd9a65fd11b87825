import { z, type ZodType } from 'zod';
import { Emitter } from '../lib/emitter.js';
import { parseUntrusted } from '../lib/untrusted-json.js';

const envelope = z.object({ topic: z.string(), sender: z.string(), message: z.unknown() });

/** The JSON of a message with its topic and its sender. */
export function toEnvelope(topic: string, sender: string, message: unknown): string {
  return JSON.stringify({ topic, sender, message });
}

/** Gives the messages of other gateways to the listeners of their topic. What cannot be read is dropped. */
export class Subscriptions {
  readonly #received: Emitter<z.output<typeof envelope>>;

  constructor(
    private readonly self: string,
    onError: (error: unknown) => void,
  ) {
    this.#received = new Emitter(onError);
  }

  add<T>(topic: string, schema: ZodType<T>, listener: (message: T, sender: string) => void): () => void {
    return this.#received.on((received) => {
      if (received.topic !== topic) return;
      const message = schema.safeParse(received.message);
      if (message.success) listener(message.data, received.sender);
    });
  }

  receive(json: string): void {
    const { success, data } = envelope.safeParse(parseUntrusted(json));
    if (success && data.sender !== this.self) this.#received.emit(data);
  }
}
