/** What the caller hears next: the whole of the order-status service, without a word about HTTP. */

/** After this many unknown numbers the call returns to the call plan. */
const MOST_UNKNOWN = 3;
/** Value of `pokracovani` when all is said. */
const DONE = '9';

/**
 * @param call what the gateway posted: `received_digits`, `hangup`, and our own keys of the last answer
 * @param statusOf (order number) => status, or undefined for an unknown order
 * @param prompts ids of the recorded prompts: settings.json
 * @returns the next action, as it goes back to the gateway
 */
export function answer(call, statusOf, prompts) {
  if (call.hangup === true) return {};
  // We keep no session: the gateway echoes this key of our last answer. It counts the unknown numbers so far.
  const step = String(call.pokracovani ?? '0');
  if (step === DONE) return { action: 'return' };

  const digits = call.received_digits ?? '';
  if (digits === '') return ask(prompts.enter_order_number, step);
  const status = statusOf(digits);
  if (status !== undefined) return say(prompts.statuses[status]);

  const unknown = Number(step) + 1;
  return unknown < MOST_UNKNOWN ? ask(prompts.unknown_order, String(unknown)) : say(prompts.too_many_attempts);
}

function ask(prompt, step) {
  return { action: 'menu', recording_id: String(prompt), menu_timeout: '5', max: '10', pokracovani: step };
}

function say(prompt) {
  return { action: 'play', recording_id: String(prompt), pokracovani: DONE };
}

/** Returns what is wrong with a posted body, or undefined. */
export function problemOf(call) {
  if (typeof call !== 'object' || call === null || Array.isArray(call)) return 'the body must be a JSON object';
  const digits = call.received_digits ?? '';
  if (typeof digits !== 'string' || !/^[0-9*]{0,64}$/.test(digits))
    return 'received_digits must be a string of digits: order numbers may start with zeros';
  if (!/^[0-9]$/.test(String(call.pokracovani ?? '0'))) return 'pokracovani must be what we last answered';
  return undefined;
}
