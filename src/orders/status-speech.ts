import type { OrderDetails } from './order.js';
import type { OrderStatus } from './status.js';

export interface StatusWords {
  /** Null: unknown. */
  status: OrderStatus | null;
  details: OrderDetails;
  /** `cs`, `ru`, `en`. */
  language: string;
  /** `notification`: the gateway called the client; `inquiry`: the client called. */
  occasion: 'notification' | 'inquiry';
  /** A template of the company. Default: that of the status. */
  template?: string;
  /** Additional words for the template. */
  vars?: Record<string, string | number>;
}

/** Speaks the status of an order as a sequence of prompts. */
export interface StatusSpeech {
  /** `silent`: the company does not announce this status. `refused`: why it cannot be spoken, as readable text. */
  compose(words: StatusWords): Promise<{ prompts: number[] } | { silent: true } | { refused: string }>;
}
