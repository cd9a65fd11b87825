import type { ComponentType } from 'preact';
import type { PlanEditor } from './editor-state.js';
import type { PlacedProblem } from './step-problems.js';
import type { Action, Plan } from './types.js';

export interface StepListProps {
  editor: PlanEditor;
  /** Path of the list in the plan. */
  list: string;
  actions: Plan;
  problems: readonly PlacedProblem[];
}

export interface StepProps {
  editor: PlanEditor;
  path: string;
  action: Action;
  problems: readonly PlacedProblem[];
  /** Draws the lists of steps inside the step. */
  List: ComponentType<StepListProps>;
}
