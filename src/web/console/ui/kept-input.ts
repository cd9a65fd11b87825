import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

const PREFIX = 'cordboard-input ';

/** What is typed in a form, kept while the tab is open: over a reload, another language, or a login in between. */
export function useKeptInput<T extends object>(name: string, initial: T): Signal<T> {
  const input = useSignal<T>({ ...initial, ...read<T>(name) });
  const { value } = input;
  const first = useRef(value);
  useEffect(() => {
    if (value !== first.current) write(name, value);
  }, [value]);
  return input;
}

/** Whether something was typed in a form and is not stored yet. */
export function hasKeptInput(name: string): boolean {
  return sessionStorage.getItem(PREFIX + name) !== null;
}

/** Forgets the input of a form that was stored. */
export function forgetInput(name: string): void {
  sessionStorage.removeItem(PREFIX + name);
}

function read<T>(name: string): Partial<T> {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + name) ?? '{}') as Partial<T>;
  } catch {
    return {};
  }
}

function write(name: string, value: object): void {
  try {
    sessionStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // The form itself still has the input.
  }
}
