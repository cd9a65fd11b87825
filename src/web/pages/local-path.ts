/**
 * The address of a page here, from a form or a link. Prevents redirects to other hosts: neither `//host` nor `/\\host`, which browsers treat alike.
 *
 * @param otherwise when it is none
 */
export function localPath(next: string | undefined, otherwise: string): string {
  return next !== undefined && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(next) ? next : otherwise;
}
