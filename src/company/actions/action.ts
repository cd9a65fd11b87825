import type { z } from 'zod';
import type { ProblemKind } from '../problem.js';
import { announcementOf, type DialPolicySettings, type RecordSetting } from '../../directory/schema.js';

/** Reads and writes a list of actions. Passed to each action with nested lists. */
export type ActionList<A> = z.ZodType<A[]>;

/** A reference of an action and its setting: a path below the action's name, empty when the action has a single setting. */
export type NamedThing = { path: string } & (
  { type: 'prompt' | 'queue'; id: number } | { type: 'part' | 'handset' | 'profile'; id: string }
);

export interface HandsetLabel {
  label: string;
  queue: number;
}

/**
 * Collects the findings of an action's own rules. Paths are those of settings below the action's name;
 * empty: all settings; null: the action itself.
 */
export interface ActionReport {
  /** ISO 3166 country for numbers without a country code. */
  readonly country: string;
  readonly dialPolicy: DialPolicySettings;
  /** Another action follows, in this list or an enclosing one. */
  readonly isFollowed: boolean;
  error(path: string | null, message: string, remedy?: string, kind?: ProblemKind): void;
  warn(path: string | null, message: string, remedy?: string, kind?: ProblemKind): void;
}

/**
 * Facts about one action kind for the linter, the writer and other readers of plans. The interpreter's
 * side is its module in call-plan/actions.
 *
 * @typeParam S the settings
 * @typeParam L the settings that hold nested lists of actions
 * @typeParam X the branches
 */
interface ActionFacts<S, L, X> {
  /** False: only outgoing calls of the gateway use the action; documents cannot contain it. */
  writable: boolean;
  /** Waits for a key, a shop or an answer, so that a loop through this action is not endless. */
  waits: boolean;
  /** The shop decides the next step: any prompt, any queue. */
  shopSteers: boolean;
  /** All nested lists of actions, by setting: a list, or lists by key. */
  branches(settings: S): L;
  /** Possible continuations: nested lists; `undefined`: the next action. Empty: the plan ends here. */
  exits(settings: S): X;
  names(settings: S): NamedThing[];
  labels(settings: S): HandsetLabel[];
  /** Countries and regions whose public holidays the action needs. Default: none. */
  holidayRegions?(settings: S): string[];
  /** Additional lint rules. The existence of references is checked elsewhere. */
  lint(settings: S, report: ActionReport): void;
}

/** The settings that hold lists of actions, or lists by key. */
type ListsIn<S, A> = S extends object
  ? { [K in keyof S as NonNullable<S[K]> extends readonly A[] | Record<string, readonly A[]> ? K : never]-?: S[K] }
  : Record<string, never>;

/** One action kind. A nested list missing from `branches` does not compile. */
export interface ActionKind<S, A> extends ActionFacts<S, ListsIn<S, A>, readonly (readonly A[] | undefined)[]> {
  /** Reads and writes the settings. Null is written as the bare action name: `- answer`. */
  settings: z.ZodType<S>;
}

/** Builds an {@link ActionKind}; the compiler checks it in its row in index.ts. */
export function actionKind<Schema extends z.ZodType, L, X>(
  settings: Schema,
  facts: ActionFacts<z.output<Schema>, L, X>,
) {
  return { settings, ...facts };
}

/** @param settings prompts by the setting that names them */
export function promptsIn(settings: Record<string, number | number[] | undefined>): NamedThing[] {
  return Object.entries(settings).flatMap(([path, prompts = []]) =>
    [prompts].flat().map((id): NamedThing => ({ type: 'prompt', path, id })),
  );
}

/** The announcement of a recording, by the setting that names it. */
export function announcementIn(record: RecordSetting | undefined): NamedThing[] {
  return promptsIn({ 'record/announce': announcementOf(record) });
}
