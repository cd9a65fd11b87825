/** The words of a form: label and hint by path, and names of options by path and value. */
export interface FormWords {
  fields: Record<string, readonly [label: string, hint?: string]>;
  options: Record<string, Record<string, string | readonly [name: string, hint: string]>>;
}
