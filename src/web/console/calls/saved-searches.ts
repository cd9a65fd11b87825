/** A named filter of the list of calls. */
export interface SavedSearch {
  name: string;
  /** The query of the address, without `?`. */
  search: string;
}

export const LONGEST_NAME = 60;
const MOST = 30;

/** Where a browser keeps the searches of one person: they can hold numbers that others must not see. @param who id of the operator */
export function storageKeyOf(who: number | null): string {
  return `cordboard-saved-calls ${who ?? 'token'}`;
}

/** Reads what was stored. What is not readable is left out. */
export function readSaved(stored: string | null): SavedSearch[] {
  try {
    const found: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(found) ? found.filter(isSaved).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Adds a search by its name, or replaces the one of that name. */
export function withSaved(all: readonly SavedSearch[], { name, search }: SavedSearch): SavedSearch[] {
  const others = all.filter((each) => each.name !== name);
  return [...others, { name, search }].sort((a, b) => a.name.localeCompare(b.name)).slice(-MOST);
}

export function withoutSaved(all: readonly SavedSearch[], name: string): SavedSearch[] {
  return all.filter((each) => each.name !== name);
}

function isSaved(value: unknown): value is SavedSearch {
  const { name, search } = (value ?? {}) as Partial<SavedSearch>;
  return typeof name === 'string' && name !== '' && typeof search === 'string';
}
