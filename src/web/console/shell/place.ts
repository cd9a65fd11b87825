/** Marks the page in the menu that the server has rendered, closes that menu on phones, and lets another language return here. */
export function showPlace(path: string, url: string): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.side nav a, .bottom a')) {
    const paths = link.dataset['paths']?.split(' ') ?? [link.pathname];
    const isHere = paths.some((each) => path === each || path.startsWith(`${each}/`));
    if (isHere) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const menu = document.getElementById('menu');
  if (menu?.matches(':popover-open') === true) menu.hidePopover();
  for (const field of document.querySelectorAll<HTMLInputElement>('.languages input[name=next]')) field.value = url;
}

/** The pages that the menu offers to the visitor, in its order. */
export function offeredPages(): { name: string; path: string }[] {
  return [...document.querySelectorAll<HTMLAnchorElement>('.side nav a')].map((link) => ({
    name: nameOf(link),
    path: link.pathname,
  }));
}

/** The words of an entry, without its count. */
function nameOf(link: HTMLAnchorElement): string {
  const count = link.querySelector('.count')?.textContent ?? '';
  return link.textContent.slice(0, link.textContent.length - count.length).trim();
}
