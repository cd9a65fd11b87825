/**
 * Parses a webhook of a bridge or a notification; undefined when it is invalid.
 * Unknown events are valid: a webhook may receive more events than needed.
 */
export function parseWebhook(body) {
  const event = parse(body);
  if (typeof event?.event !== 'string' || typeof event.event_id !== 'string') return undefined;
  const common = { id: event.event_id, seq: event.seq, order: String(event.order_id ?? '') };
  if (event.event === 'bridge') return { subject: 'bridge', ...common, ...bridge(event) };
  if (event.event === 'notification') return { subject: 'notification', ...common, ...notification(event) };
  return { subject: 'other', ...common };
}

function bridge({ bridge_id: id, state, failed, initiator }) {
  return { bridge: id, state, reason: failed?.reason ?? null, side: failed?.leg ?? null, by: initiator ?? null };
}

function notification({ result, attempts, digit, action }) {
  const count = Array.isArray(attempts) ? attempts.length : attempts;
  return { result, attempts: count ?? null, digit: digit ?? null, action: action ?? null };
}

function parse(body) {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
