/** Input that is not saved yet, with the state of the item that it began with. */
interface Unsaved<T> {
  body: T;
  base: { body: T; etag: string } | null;
}

/** Keeps unsaved input of forms while the tab is open: over a reload, another page, or a login after a lost session. */
export interface UnsavedInput {
  read<T>(name: string): Unsaved<T> | undefined;
  write<T>(name: string, input: Unsaved<T>): void;
  clear(name: string): void;
}

const PREFIX = 'cordboard-unsaved ';

/**
 * @param storage such as `sessionStorage`. A storage that is full or switched off keeps nothing.
 * @param who id of the operator: somebody else who logs in in this tab must not see or save it
 */
export function unsavedInput(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  who: number | null,
): UnsavedInput {
  const keyOf = (name: string) => `${PREFIX}${who ?? 'token'} ${name}`;
  return {
    read<T>(name: string) {
      try {
        return (JSON.parse(storage.getItem(keyOf(name)) ?? 'null') as Unsaved<T> | null) ?? undefined;
      } catch {
        return undefined;
      }
    },
    write(name, input) {
      try {
        storage.setItem(keyOf(name), JSON.stringify(input));
      } catch {
        // The form itself still has the input.
      }
    },
    clear: (name) => storage.removeItem(keyOf(name)),
  };
}
