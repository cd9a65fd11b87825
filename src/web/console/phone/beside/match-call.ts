import type { ShownCall } from '../../../../monitor/protocol.js';
import type { Call } from '../phone-state.js';

/**
 * Finds the call of the gateway that a call of the phone is.
 * @param ofPhone oldest first
 * @param ofGateway oldest first; their numbers may be masked
 */
export function matchCall<C extends Pick<ShownCall, 'number'>>(
  { id, number }: Pick<Call, 'id' | 'number'>,
  ofPhone: readonly Pick<Call, 'id'>[],
  ofGateway: readonly C[],
): C | undefined {
  if (ofPhone.length <= 1 && ofGateway.length === 1) return ofGateway[0];
  const byNumber = ofGateway.filter((each) => isSameNumber(each.number, number));
  if (byNumber.length === 1) return byNumber[0];
  if (ofPhone.length !== ofGateway.length) return undefined;
  return ofGateway[ofPhone.findIndex((each) => each.id === id)];
}

/** With or without a country code. */
function isSameNumber(a: string, b: string): boolean {
  const [first, second] = [a, b].map((number) => number.replace(/^(\+|00)/, ''));
  if (first === undefined || second === undefined || first.length < 3 || second.length < 3) return false;
  return first.endsWith(second) || second.endsWith(first);
}
