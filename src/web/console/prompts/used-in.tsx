import { placesOf } from './places.js';

/** Links to the places that use a prompt or music. */
export function UsedIn({ usedIn }: { usedIn: readonly { where: string }[] }) {
  return (
    <ul class="plain">
      {placesOf(usedIn).map(({ text, href }) => (
        <li key={text}>{href === undefined ? text : <a href={href}>{text}</a>}</li>
      ))}
    </ul>
  );
}
