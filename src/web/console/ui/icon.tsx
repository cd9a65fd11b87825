import { icons, type IconName } from '../../icons.js';

/** Decoration beside a word: screen readers skip it. */
export function Icon({ name }: { name: IconName }) {
  return <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" dangerouslySetInnerHTML={{ __html: icons[name] }} />;
}
