/** The cookie that holds the language chosen on a page. */
const LANGUAGE_COOKIE = 'cordboard_lang';

/** The `Set-Cookie` that keeps the chosen language for a year. */
export function languageCookie(language: string): string {
  return `${LANGUAGE_COOKIE}=${language}; Path=/; Max-Age=31536000; SameSite=Lax`;
}

/** The language in the cookie; null when none was chosen. */
export function chosenLanguage(cookieHeader: string | undefined): string | null {
  return new RegExp(`(?:^|;\\s*)${LANGUAGE_COOKIE}=([a-z]{2})(?:;|$)`).exec(cookieHeader ?? '')?.[1] ?? null;
}

/** The two-letter languages of an Accept-Language header, best first. `preferred` (from `?lang=` or the cookie) precedes them all. */
export function acceptedLanguages(header: string | undefined, preferred: string | null): string[] {
  const wanted = (header ?? '')
    .split(',')
    .slice(0, 20)
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.slice(0, 2), quality: Number(quality ?? 1) };
    })
    .filter(({ language, quality }) => /^[a-z]{2}$/.test(language) && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ language }) => language);
  return [...new Set(preferred !== null && /^[a-z]{2}$/.test(preferred) ? [preferred, ...wanted] : wanted)];
}
