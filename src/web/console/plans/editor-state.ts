import { computed, signal } from '@preact/signals';
import { store } from './draft-store.js';
import { formOf, newAction, withField, type Branch, type Forms } from './form-model.js';
import { partsOf } from './items.js';
import { goingTo, partFrom } from './new-part.js';
import {
  actionAt,
  changeAction,
  changeBranch,
  changeKey,
  insertAction,
  listAt,
  moveAction,
  neighbour,
  pathOf,
  placeOf,
  removeAction,
  type Place,
} from './operations.js';
import type { PlanPlace } from './plan-place.js';
import { speaker } from './speaker.js';
import { probableValue, usualHours } from './probable.js';
import type { Action, FormField, Plan } from './types.js';

/** What was copied last; it can be pasted into another plan. */
export const clipboard = signal<Action | undefined>(undefined);

/** A plan while it is edited. */
export class PlanEditor {
  /** Path of the step whose form is shown. */
  readonly open = signal<string | undefined>(undefined);
  /** Path of the step that gets the focus after the next change; `form`: its first field. */
  readonly focus = signal<{ path: string; form?: boolean } | undefined>(undefined);
  /** Where a step is about to be added. */
  readonly adding = signal<Place | undefined>(undefined);
  /** The gap over which a step is dragged. */
  readonly target = signal<Place | undefined>(undefined);
  /** Pointers of the steps of all plans that a simulated call has passed. */
  readonly course = signal<readonly string[]>([]);
  /** Paths of the steps of this plan that it has passed. */
  readonly passed = computed<ReadonlySet<string>>(() => {
    const inside = `${this.pointer}/`;
    return new Set(this.course.value.flatMap((each) => (each.startsWith(inside) ? [each.slice(inside.length)] : [])));
  });

  constructor(
    readonly place: PlanPlace,
    readonly isReadOnly: boolean,
  ) {}

  get forms(): Forms {
    return speaker.value.forms;
  }

  get plan(): Plan {
    return this.place.plan;
  }

  get pointer(): string {
    return this.place.pointer;
  }

  #set(plan: Plan, typing?: string): () => void {
    return this.isReadOnly ? () => undefined : this.place.change(plan, typing);
  }

  /** Opens a step and moves to it. */
  show(path: string): void {
    this.open.value = path;
    this.focus.value = { path };
  }

  setField(path: string, field: FormField, value: unknown): void {
    const change = (action: Action) => withField(formOf(this.forms, action), action, field, value);
    this.#set(changeAction(this.forms, this.plan, path, change), `${path} ${field.name}`);
  }

  /** Makes a step one that continues with a part. */
  goTo(path: string, part: string): void {
    const next = goingTo(this.forms, part);
    if (next !== undefined) this.#set(changeAction(this.forms, this.plan, path, () => next));
  }

  add(place: Place, name: string): void {
    const form = this.forms.get(name);
    if (form === undefined) return;
    const items = store.items.value ?? [];
    const hours = usualHours(items, this.forms);
    this.#insert(
      place,
      newAction(form, (field) => probableValue(items, this.forms, field), hours),
      true,
    );
  }

  paste(place: Place): void {
    const { value } = clipboard;
    if (value !== undefined) this.#insert(place, value, false);
  }

  #insert(place: Place, action: Action, opens: boolean): void {
    const path = pathOf(place);
    this.#set(insertAction(this.forms, this.plan, place, action));
    this.adding.value = undefined;
    if (opens) this.open.value = path;
    this.focus.value = { path, form: opens };
  }

  copy(path: string): void {
    clipboard.value = actionAt(this.forms, this.plan, path);
  }

  duplicate(path: string): void {
    const action = actionAt(this.forms, this.plan, path);
    const { list, index } = placeOf(path);
    if (action !== undefined) this.#insert({ list, index: index + 1 }, action, false);
  }

  /**
   * Makes a part of the step and those after it.
   * @param title of the step
   * @returns the name of the part, and what takes it back; undefined when the plan cannot be changed
   */
  makePart(path: string, title: string): { name: string; undo: () => void } | undefined {
    const taken = new Set(partsOf(store.items.value ?? []).map(({ name }) => name));
    const made = partFrom(this.forms, this.plan, path, { title, taken });
    const undo = made === undefined || this.isReadOnly ? undefined : this.place.changeWithPart?.(made.plan, made.part);
    if (made === undefined || undo === undefined) return undefined;
    this.open.value = undefined;
    this.focus.value = { path };
    return { name: made.part.key, undo };
  }

  /** @returns takes the removal back */
  remove(path: string): () => void {
    const { list, index } = placeOf(path);
    const undo = this.#set(removeAction(this.forms, this.plan, path));
    this.open.value = undefined;
    const left = listAt(this.forms, this.plan, list)?.length ?? 0;
    this.focus.value = { path: left === 0 ? list : pathOf({ list, index: Math.min(index, left - 1) }) };
    return undo;
  }

  moveTo(from: string, to: Place): void {
    const moved = moveAction(this.forms, this.plan, from, to);
    if (moved === undefined) return;
    this.#set(moved.plan);
    if (this.open.value !== undefined) this.open.value = undefined;
    this.focus.value = { path: moved.path };
  }

  moveBy(path: string, step: -1 | 1): void {
    const to = neighbour(this.forms, this.plan, path, step);
    if (to !== undefined) this.moveTo(path, to);
  }

  setBranch(path: string, branch: Pick<Branch, 'setting' | 'key'>, actions: Plan | undefined): () => void {
    return this.#set(changeBranch(this.forms, this.plan, path, branch, actions));
  }

  setKey(path: string, branch: Branch, key: string): void {
    this.#set(changeKey(this.forms, this.plan, path, branch, key));
  }
}
