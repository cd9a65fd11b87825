import { z } from 'zod';
import type { ActionKind } from './actions/action.js';
import { actionRows } from './actions/index.js';

/** Reads and writes call plans. docs/configuration.md describes each action; its file in actions/ defines its settings. */

type ActionRows<A> = ReturnType<typeof actionRows<A>>;
export type ActionName = keyof ActionRows<never>;
type ActionSettings = { [N in ActionName]: z.output<ActionRows<Action>[N]['settings']> };
/** An action has exactly one key, its name, so that a plan reads like a list of steps. */
export type Action = { [N in ActionName]: { [K in N]: z.output<ActionRows<Action>[N]['settings']> } }[ActionName];
export type ActionOf<N extends ActionName> = Extract<Action, Record<N, unknown>>;
/** All action kinds. A missing row, or a missing fact in a row, does not compile. */
export type ActionKinds = { [N in ActionName]: ActionKind<ActionSettings[N], Action> };

/** A list of actions. */
export const planSchema: z.ZodType<Action[]> = z.lazy(() => z.array(actionSchema).max(200));

export const actionKinds: ActionKinds = actionRows(planSchema);

/** The actions that a plan may contain. */
export const writableActions = (Object.keys(actionKinds) as ActionName[]).filter((name) => actionKinds[name].writable);

export function actionName(action: Action): ActionName {
  return Object.keys(action)[0] as ActionName;
}

/** An object with the action's name as its only key and the settings below it. */
const schemas = new Map<string, z.ZodObject>(
  writableActions.map((name) => [name, z.strictObject({ [name]: actionKinds[name].settings })]),
);

/** A bare word is an action without settings: `- answer`. */
const actionSchema = z.codec<z.ZodUnknown, z.ZodType<Action, Action>>(z.unknown(), z.custom<Action>(), {
  decode(written, context) {
    const value = typeof written === 'string' && standsAlone(written) ? { [written]: null } : written;
    const names = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
    const schema = names.length === 1 ? schemas.get(names[0] ?? '') : undefined;
    if (schema === undefined) {
      const instead = names.length === 0 ? '' : ` (not ${names.join(', ')})`;
      const message = `one action, one of: ${writableActions.join(', ')}${instead}`;
      context.issues.push({ code: 'custom', message, input: value });
      return z.NEVER;
    }
    const read = schema.safeParse(value);
    // The schema was found by the action's name.
    return read.success ? (read.data as Action) : failed(read.error, context);
  },
  encode(action, context) {
    const name = actionName(action);
    const schema = schemas.get(name);
    if (schema === undefined) {
      context.issues.push({ code: 'custom', message: `${name} cannot be written in a plan`, input: action });
      return z.NEVER;
    }
    const written = schema.safeEncode(action);
    if (!written.success) return failed(written.error, context);
    return written.data[name] === null ? name : written.data;
  },
});

function standsAlone(name: string): boolean {
  return schemas.get(name)?.safeParse({ [name]: null }).success === true;
}

function failed(error: z.ZodError, context: z.core.ParsePayload): never {
  for (const issue of error.issues) context.issues.push({ ...issue, input: context.value } as z.core.$ZodRawIssue);
  return z.NEVER;
}
