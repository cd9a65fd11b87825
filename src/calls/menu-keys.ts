/** The keys that a caller pressed in menus, in order. Digits of other questions are left out: they can be personal. */
export function menuKeysOf(timeline: Iterable<{ kind: string; data: Record<string, unknown> }>): string[] {
  const keys: string[] = [];
  let action: unknown;
  for (const { kind, data } of timeline) {
    if (kind === 'action') action = data['action'];
    const { digits } = data;
    if (kind === 'input' && action === 'menu' && typeof digits === 'string' && digits !== '') keys.push(digits);
  }
  return keys;
}
