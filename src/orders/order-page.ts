import { z } from 'zod';

const PLACEHOLDER = '{order}';

/** The address of an order's page at the shop, with `{order}` for its id. */
export const orderPageSchema = z
  .string()
  .max(500)
  .refine(isTemplate, `an http or https address with ${PLACEHOLDER} in place of the order's id`);

/** The page of an order. */
export function orderPage(template: string, order: string): string {
  return template.replaceAll(PLACEHOLDER, encodeURIComponent(order));
}

/** The id must not decide to which host the link leads. */
function isTemplate(template: string): boolean {
  if (!/^https?:\/\/[^/?#{}]+[/?#]/i.test(template) || !template.includes(PLACEHOLDER)) return false;
  const filled = orderPage(template, '1');
  return !/[{}\s]/.test(filled) && URL.canParse(filled);
}
