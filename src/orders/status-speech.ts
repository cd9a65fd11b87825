import type { OrderDetails } from './order.js';
import type { OrderStatus } from './status.js';

export interface StatusWords {
  /** Null: one that we do not know. */
  status: OrderStatus | null;
  details: OrderDetails;
  /** `cs`, `ru`, `en`. */
  language: string;
  /** `notification`: we have called; `inquiry`: the client has called us. */
  occasion: 'notification' | 'inquiry';
  /** Name of one of the company's own templates; default: the one of the status. */
  template?: string;
  /** More words for the template. */
  vars?: Record<string, string | number>;
}

/** Says an order's status as prompts to be played one after another. */
export interface StatusSpeech {
  /** `silent`: the company does not want this status spoken. `refused`: why it cannot be, for people. */
  compose(words: StatusWords): Promise<{ prompts: number[] } | { silent: true } | { refused: string }>;
}
