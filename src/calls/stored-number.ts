/** Calls store the digits of a number without its plus. @returns E.164; other text, such as a short code, is returned unchanged */
export function e164OfStored(digits: string): string {
  return /^\d{7,15}$/.test(digits) ? `+${digits}` : digits;
}
