import { z } from 'zod';
import { companySchema } from '../company.js';
import { actionKinds, writableActions } from '../plan-schema.js';

/** The settings known to the schemas at a place of the document, for "did you mean". Empty where any key is allowed. */
export function knownWords(path: readonly PropertyKey[]): string[] {
  let schemas: z.core.$ZodType[] = [companySchema];
  for (const name of path) schemas = schemas.flatMap((schema) => inside(schema, name)).concat(actionCalled(name));
  return [...new Set(schemas.flatMap(unwrap).flatMap(ownWords))];
}

function ownWords(schema: z.core.$ZodType): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  const keys = schema instanceof z.ZodRecord ? schema.keyType : undefined;
  return keys instanceof z.ZodEnum ? keys.options.map(String) : [];
}

/**
 * An action is identified by its only key and parsed by hand, so the step from a list of actions to an action's settings is not
 * in the schemas.
 */
function actionCalled(name: PropertyKey): z.core.$ZodType[] {
  const action = writableActions.find((one) => one === name);
  return action === undefined ? [] : [actionKinds[action].settings];
}

function inside(schema: z.core.$ZodType, name: PropertyKey): z.core.$ZodType[] {
  return unwrap(schema).flatMap((one) => {
    if (one instanceof z.ZodObject) {
      const inner = (one.shape as Record<PropertyKey, z.core.$ZodType | undefined>)[name];
      return inner === undefined ? [] : [inner];
    }
    if (one instanceof z.ZodArray) return [one.element];
    return one instanceof z.ZodRecord ? [one.valueType] : [];
  });
}

/** The inner schema, without defaults, optionals, transforms and alternatives. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return unwrap(schema.unwrap());
  if (schema instanceof z.ZodPipe) return unwrap(schema.in);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(unwrap);
  return [schema];
}
