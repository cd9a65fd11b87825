/** Our own pages, and those that are listed. A browser always says from where a page is; what says nothing is none. */
export function mayUseHandsets(
  origin: string | undefined,
  host: string | undefined,
  { outsideUrl, listed }: { outsideUrl: string; listed: readonly string[] },
): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  const page = new URL(origin);
  return page.host === host || page.origin === new URL(outsideUrl).origin || listed.includes(page.origin);
}
