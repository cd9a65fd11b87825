import { mayConfigure } from './may-configure.js';

/** Leads to the form for a new item; nothing for visitors who may not configure. @param primary the page's main action */
export function AddLink({ to, text, primary = false }: { to: string; text: string; primary?: boolean }) {
  return mayConfigure() ? (
    <a class={primary ? 'button primary' : 'button'} href={to}>
      {text}
    </a>
  ) : null;
}
