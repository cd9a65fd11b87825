import { useLocation } from 'preact-iso';

/** The conditions of a list as its address has them. */
export interface ListFilter<F extends string> {
  chosen: Partial<Record<F, string>>;
  /** As a query of an address, in a fixed order. */
  key: string;
  /** Replaces the condition in the address. An empty value removes it. */
  choose: (field: F, value: string) => void;
}

export function useListFilter<F extends string>(path: string, fields: readonly F[]): ListFilter<F> {
  const { url, route } = useLocation();
  const search = new URL(url, location.origin).searchParams;
  const entries = fields.flatMap((field): [F, string][] => {
    const value = search.get(field) ?? '';
    return value === '' ? [] : [[field, value]];
  });
  return {
    chosen: Object.fromEntries(entries) as Partial<Record<F, string>>,
    key: new URLSearchParams(entries).toString(),
    choose: (field, value) => {
      const next = new URLSearchParams(entries);
      if (value === '') next.delete(field);
      else next.set(field, value);
      route(next.size === 0 ? path : `${path}?${next.toString()}`, true);
    },
  };
}
