import { texts } from '../texts.js';

/** The name of a setting. @param action whose setting it is; without one the general word */
export function fieldLabel(action: string, name: string): string {
  if (name === '') return texts.fields[action] ?? action;
  return texts.fields[`${action}.${name}`] ?? texts.fields[name] ?? name;
}
