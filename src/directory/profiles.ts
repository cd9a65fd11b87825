/** Most profiles between a profile and the built-in one. */
const LONGEST_CHAIN = 50;

/** The company's changes to the contract profiles, by the profile's name. */
export type Profiles = Record<string, Record<string, unknown>>;

/**
 * The changes of a profile, including those of its `base`. Its own keys win; tables such as `rename` are merged key by key.
 * @throws {Error} when a base does not exist, or when profiles are each other's base
 */
export function profileChanges(profiles: Profiles, name: string): Record<string, unknown> {
  return changesOf(profiles, name, []);
}

function changesOf(profiles: Profiles, name: string, heirs: readonly string[]): Record<string, unknown> {
  if (heirs.length > LONGEST_CHAIN)
    throw new Error(`base: more than ${LONGEST_CHAIN} profiles are based on each other`);
  if (heirs.includes(name)) throw new Error(`base: ${[...heirs, name].join(' is based on ')}`);
  const { base, ...own } = profiles[name] ?? {};
  if (base === undefined) return own;
  if (typeof base !== 'string') throw new Error('base: the name of a profile');
  if (!isBuiltIn(base) && profiles[base] === undefined) throw new Error(`base: there is no profile "${base}"`);
  return merge(changesOf(profiles, base, [...heirs, name]), own);
}

/** The contract of a profile: the built-in profile at the end of its chain of bases, `telfa` by default. */
export function profileKind(profiles: Profiles, name: string): ProfileKind {
  let at = name;
  for (const seen = new Set<string>(); !isBuiltIn(at) && !seen.has(at) && seen.size <= LONGEST_CHAIN;) {
    seen.add(at);
    const base = profiles[at]?.['base'];
    if (typeof base === 'string') at = base;
  }
  return isBuiltIn(at) ? at : 'telfa';
}

/** The built-in profiles. */
const BUILT_IN = ['telfa', 'gootax'] as const;

export type ProfileKind = (typeof BUILT_IN)[number];

function isBuiltIn(name: string): name is ProfileKind {
  return (BUILT_IN as readonly string[]).includes(name);
}

function merge(under: Record<string, unknown>, over: Record<string, unknown>): Record<string, unknown> {
  const tables = Object.entries(over).map(([word, value]) => {
    const below = under[word];
    return [word, isTable(value) && isTable(below) ? { ...below, ...value } : value];
  });
  return { ...under, ...(Object.fromEntries(tables) as Record<string, unknown>) };
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
