import type { FunctionComponent } from 'preact';

export interface SimulateProps {
  /** Id of the draft; undefined for the published configuration. */
  draft: string | undefined;
  /** Number of the line; undefined when no line comes to the part. */
  lineKey: string | undefined;
  /** Pointers of the passed actions, such as `lines/+420222333444/plan/0`. */
  onPath: (pointers: readonly string[]) => void;
}

/** A simulated call through the draft. */
export const SimulatePanel: FunctionComponent<SimulateProps> = () => null;
