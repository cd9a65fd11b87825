import type { paths } from '../api/schema.js';

type Answered<P extends keyof paths, M extends keyof paths[P]> = paths[P][M] extends {
  responses: { 200: { content: { 'application/json': infer T } } };
}
  ? T
  : never;

/** How the settings of an action are shown as a form. */
export type ActionForm = Answered<'/api/v1/plan-actions', 'get'>['actions'][number];
export type FormField = ActionForm['fields'][number];
export type FieldKind = FormField['kind'];

/** An action as it is written in the document: `answer`, or its name with its settings. */
export type Action = string | Record<string, unknown>;
/** A list of actions: a plan, a part, or a branch of an action. */
export type Plan = readonly Action[];

/** A line as it is written in the document. */
export interface Line {
  number: string;
  name?: string;
  plan: Plan;
  [setting: string]: unknown;
}

export type DraftInfo = Answered<'/api/v1/config/drafts', 'get'>['drafts'][number];
export type Draft = Answered<'/api/v1/config/drafts/{id}', 'get'>;
export type DraftDiff = Answered<'/api/v1/config/drafts/{id}/diff', 'get'>;
export type Change = DraftDiff['changes'][number];
export type Conflict = DraftDiff['conflicts'][number];
export type LintProblem = Answered<'/api/v1/config/drafts/{id}/lint', 'post'>['problems'][number];
export type VersionInfo = Answered<'/api/v1/config/versions', 'get'>['versions'][number];
export type Version = Answered<'/api/v1/config/versions/{version}', 'get'>;
