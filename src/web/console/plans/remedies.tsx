import type { FunctionComponent } from 'preact';
import type { PlanEditor } from './editor-state.js';
import type { PlacedProblem } from './step-problems.js';

/** Buttons that put problems right. */
export const Remedies: FunctionComponent<{ editor: PlanEditor; problems: readonly PlacedProblem[] }> = () => null;
