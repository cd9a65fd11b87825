/** The first index of each key. */
export function firstPositions<K>(keys: readonly K[]): Map<K, number> {
  const positions = new Map<K, number>();
  for (const [index, key] of keys.entries()) if (!positions.has(key)) positions.set(key, index);
  return positions;
}
