import { formTexts } from './texts.js';

/** The name of a setting. @param action whose setting it is; without one the general word */
export function fieldLabel(action: string, name: string): string {
  if (name === '') return formTexts.fields[action] ?? action;
  return formTexts.fields[`${action}.${name}`] ?? formTexts.fields[name] ?? name;
}
