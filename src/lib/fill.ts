/** Replaces `{name}` by a value. Names without a value stay. @param write how a value is written where it stands */
export function fill(
  template: string,
  values: Readonly<Record<string, string | number>>,
  write: (value: string) => string = (value) => value,
): string {
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(values, name) ? write(String(values[name])) : placeholder,
  );
}
