import { z } from 'zod';
import { json } from '../http/answer.js';
import { route, type Route } from '../http/route.js';
import { actionForms, actionFormSchema } from './action-forms.js';

/** `/api/v1/plan-actions`: the actions of call plans, for programs that edit plans. */
export function actionFormRoutes(): Route[] {
  const actions = actionForms();
  return [
    route({
      method: 'GET',
      path: '/api/v1/plan-actions',
      scope: 'config:read',
      summary: 'The actions of call plans with their settings, for forms',
      answers: { 200: { description: 'The actions', schema: z.object({ actions: z.array(actionFormSchema) }) } },
      handle: () => json({ actions }),
    }),
  ];
}
