import { useEffect, useRef } from 'preact/hooks';

/**
 * Waits for requests of which only the last one counts.
 * @returns awaits a request; its outcome, or undefined when a later one was made or the component is gone
 */
export function useLatest(): <T>(request: Promise<T>) => Promise<T | undefined> {
  const turn = useRef(0);
  useEffect(() => () => void (turn.current += 1), []);
  return async (request) => {
    turn.current += 1;
    const { current: mine } = turn;
    const outcome = await request;
    return mine === turn.current ? outcome : undefined;
  };
}
