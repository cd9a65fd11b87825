/** The shop's answers that a person can choose; `custom` is JSON. */
export const shopAnswerTypes = ['return', 'play', 'menu', 'transfer', 'hang_up', 'error', 'silent', 'custom'] as const;
export type ShopAnswerType = (typeof shopAnswerTypes)[number];

export interface ShopAnswer {
  type: ShopAnswerType;
  /** Of `play` and `menu`. */
  prompt?: number | undefined;
  /** Of `transfer`. */
  queue?: number | undefined;
  /** Of `custom`. */
  json?: string | undefined;
}

export const RETURN: ShopAnswer = { type: 'return' };

/** As `stub` of the API expects it. */
export function stubOf(answer: ShopAnswer): unknown {
  if (answer.type === 'silent') return { silent: true };
  if (answer.type === 'error') return { status: 500 };
  return { status: 200, body: bodyOf(answer) };
}

/** Whether the JSON of the answer can be read. */
export function isComplete({ type, json = '' }: ShopAnswer): boolean {
  return type !== 'custom' || parsed(json) !== undefined;
}

function bodyOf({ type, prompt, queue, json = '' }: ShopAnswer): unknown {
  switch (type) {
    case 'play':
      return { action: 'play', recording_id: prompt };
    case 'menu':
      return { action: 'menu', recording_id: prompt };
    case 'transfer':
      return { action: 'transfer_to_group', call_group_id: queue };
    case 'hang_up':
      return { action: 'hangup' };
    case 'custom':
      return parsed(json) ?? {};
    default:
      return {};
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}
