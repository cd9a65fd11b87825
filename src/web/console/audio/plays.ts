import { useEffect } from 'preact/hooks';
import { playing, stop } from './player.js';

/** Whether this audio plays. It stops when the component goes, or has another one. @param url undefined: not known yet */
export function usePlays(url: string | undefined): boolean {
  useEffect(
    () => () => {
      if (url !== undefined && playing.peek() === url) stop();
    },
    [url],
  );
  return url !== undefined && playing.value === url;
}
