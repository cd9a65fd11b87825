import type { z } from 'zod';
import { announcementOf, type DialPolicySettings, type RecordSetting } from '../../directory/schema.js';

/** Reads and writes a list of actions; handed to each action that has lists of actions inside. */
export type ActionList<A> = z.ZodType<A[]>;

/** What an action names, and the setting that names it: a path below the action's name, empty where the action has one setting only. */
export type NamedThing = { path: string } & (
  { type: 'prompt' | 'queue'; id: number } | { type: 'part' | 'handset' | 'profile'; id: string }
);

export interface HandsetLabel {
  label: string;
  queue: number;
}

/**
 * Where an action's own rules report what does not make sense. Paths are those of settings below the action's name;
 * empty: all the settings; null: the action itself.
 */
export interface ActionReport {
  /** ISO 3166 country in which numbers are read. */
  readonly country: string;
  readonly dialPolicy: DialPolicySettings;
  /** Another action follows, in this list or in one around it. */
  readonly isFollowed: boolean;
  error(path: string | null, message: string, remedy?: string): void;
  warn(path: string | null, message: string, remedy?: string): void;
}

/**
 * What the linter, the writer and all else that goes through plans have to know of one kind of action. The interpreter's
 * side is its module in call-plan/actions.
 *
 * @typeParam S the settings
 * @typeParam L the lists of actions inside the settings
 * @typeParam X the ways on
 */
interface ActionFacts<S, L, X> {
  /** False: only calls that the gateway makes have it, and no document can name it. */
  writable: boolean;
  /** Waits for a key, a shop or somebody who answers, so that a plan which goes round through it does not go round at once. */
  waits: boolean;
  /** The shop decides what comes next: any prompt, any queue. */
  shopSteers: boolean;
  /** Every list of actions in the settings, by setting: a list, or lists by key. */
  branches(settings: S): L;
  /** How the plan can go on: into these lists; `undefined`: to the next action. None: the plan never goes on after it. */
  exits(settings: S): X;
  names(settings: S): NamedThing[];
  labels(settings: S): HandsetLabel[];
  /** Rules about the settings, besides that what they name has to exist. */
  lint(settings: S, report: ActionReport): void;
}

/** The settings that are lists of actions, or lists by key. */
type ListsIn<S, A> = S extends object
  ? { [K in keyof S as NonNullable<S[K]> extends readonly A[] | Record<string, readonly A[]> ? K : never]-?: S[K] }
  : Record<string, never>;

/** One kind of action. A list of actions in the settings that `branches` leaves out does not compile. */
export interface ActionKind<S, A> extends ActionFacts<S, ListsIn<S, A>, readonly (readonly A[] | undefined)[]> {
  /** Reads and writes the settings. What is written as null is the action's name alone: `- answer`. */
  settings: z.ZodType<S>;
}

/** Puts an {@link ActionKind} together; its row in index.ts is where the compiler checks it. */
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
