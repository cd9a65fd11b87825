import type { ComponentChildren } from 'preact';
import type { SetupAnswers } from '../../../company/setup-progress.js';
import type { ApiFailure } from '../api/client.js';
import type { Settings } from './publish.js';

/** Why the answers of a step could not be stored. */
export type StepFailure = Pick<ApiFailure, 'status' | 'detail' | 'errors'>;

/** What the wizard gives each of its steps. */
export interface StepProps {
  answers: SetupAnswers;
  busy: boolean;
  /** The way to the step before. */
  back: ComponentChildren;
  /**
   * Stores answers, and publishes what they make.
   *
   * @param stay remains on the step
   * @returns what is wrong; undefined when they are stored
   */
  store: (answers: SetupAnswers, options?: { settings?: Settings; stay?: boolean }) => Promise<StepFailure | undefined>;
  finish: () => Promise<void>;
}
