/** Replaces each `{name}` that has a parameter. @returns undefined without a text */
export function fillIn(text: string | undefined, params: Record<string, unknown> = {}): string | undefined {
  return text?.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = params[name];
    if (value === undefined) return placeholder;
    if (Array.isArray(value)) return value.join(', ');
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}
