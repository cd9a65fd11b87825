import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

const PREFIX = 'cordboard-setup ';

/** What is typed in a step, kept while the tab is open: over a reload, another language, or a login in between. */
export function useKeptInput<T extends object>(step: string, initial: T): Signal<T> {
  const input = useSignal<T>({ ...initial, ...read<T>(step) });
  const { value } = input;
  const first = useRef(value);
  useEffect(() => {
    if (value !== first.current) write(step, value);
  }, [value]);
  return input;
}

/** Forgets the input of a step that was stored. */
export function forgetInput(step: string): void {
  sessionStorage.removeItem(PREFIX + step);
}

function read<T>(step: string): Partial<T> {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + step) ?? '{}') as Partial<T>;
  } catch {
    return {};
  }
}

function write(step: string, value: object): void {
  try {
    sessionStorage.setItem(PREFIX + step, JSON.stringify(value));
  } catch {
    // The form itself still has the input.
  }
}
