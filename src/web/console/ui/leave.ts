import { useLocation, useRoute } from 'preact-iso';

/**
 * Goes to another page when something is done.
 * @returns does nothing when the person has gone to another page meanwhile
 */
export function useLeave(): (to: string) => void {
  const { route } = useLocation();
  const { path } = useRoute();
  return (to) => {
    if ((location.pathname.replace(/\/+$/, '') || '/') === path) route(to);
  };
}
