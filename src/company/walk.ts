import { announcementOf } from '../directory/schema.js';
import { branchesOf, namesIn, type Branch } from './action-facts.js';
import type { Company } from './company.js';
import { actionName, type Action, type ActionName } from './plan-schema.js';

/**
 * Traversal of a company's plans. A place is a pointer such as `parts/main-menu/0/menu/keys/9/1` or
 * `lines/+420222333444/plan/0`, as stored in a call's state.
 */
export interface Place {
  pointer: string;
  action: Action;
}

type Plans = Pick<Company, 'lines' | 'parts'> & { orders?: Company['orders'] };

/** The top-level lists: each line's plan, each part, and the actions of order menu keys. */
export function* entryLists({ lines, parts, orders }: Plans): Generator<Branch> {
  for (const line of lines) yield { path: `lines/${line.number}/plan`, actions: line.plan };
  for (const [name, actions] of Object.entries(parts)) yield { path: `parts/${name}`, actions };
  for (const [menu, { keys }] of Object.entries(orders?.menus ?? {}))
    for (const [key, actions] of Object.entries(keys)) yield { path: `orders/menus/${menu}/keys/${key}`, actions };
}

/** All actions of all lines and parts, outer before nested, in document order. */
export function* walk(plans: Plans): Generator<Place> {
  for (const { path, actions } of entryLists(plans)) yield* walkList(actions, path);
}

export function* walkList(actions: readonly Action[], path: string): Generator<Place> {
  for (const [index, action] of actions.entries()) {
    const pointer = `${path}/${index}`;
    yield { pointer, action };
    for (const branch of branchesOf(action)) yield* walkList(branch.actions, `${pointer}/${branch.path}`);
  }
}

/** The prompts named by an action itself, each with its setting. */
export function promptsOf(action: Action): { setting: string; prompt: number }[] {
  return namesIn(action).flatMap((named) =>
    named.type === 'prompt' ? [{ setting: named.setting, prompt: named.id }] : [],
  );
}

/** Prompts named outside the plans. */
export function rejectPrompts({
  reject_prompt,
  lines,
}: Pick<Company, 'lines' | 'reject_prompt'>): { pointer: string; prompt: number }[] {
  return [
    ...(reject_prompt === undefined ? [] : [{ pointer: 'reject_prompt', prompt: reject_prompt }]),
    ...lines.flatMap((line) =>
      line.reject_prompt === undefined
        ? []
        : [{ pointer: `lines/${line.number}/reject_prompt`, prompt: line.reject_prompt }],
    ),
  ];
}

/** The prompts of queues: on entry, periodic, and before a recorded talk. */
export function queuePrompts({ queues }: Pick<Company, 'queues'>): { pointer: string; prompt: number }[] {
  return queues.flatMap(({ id, join_prompt, periodic, record }) => {
    const announcement = announcementOf(record);
    return [
      ...(join_prompt === undefined ? [] : [{ pointer: `queues/${id}/join_prompt`, prompt: join_prompt }]),
      ...(periodic?.prompts ?? []).map((prompt, index) => ({
        pointer: `queues/${id}/periodic/prompts/${index}`,
        prompt,
      })),
      ...(announcement === undefined ? [] : [{ pointer: `queues/${id}/record/announce`, prompt: announcement }]),
    ];
  });
}

export function bridgePrompts({ bridges }: Pick<Company, 'bridges'>): { pointer: string; prompt: number }[] {
  return Object.entries(bridges.prompts).flatMap(([word, prompt]) =>
    prompt === undefined ? [] : [{ pointer: `bridges/prompts/${word}`, prompt }],
  );
}

/** The prompts of notifications, apart from the status. */
export function notificationPrompts({ notifications }: Pick<Company, 'notifications'>) {
  const { offers, confirmations } = notifications;
  return Object.entries({ offers, confirmations }).flatMap(([word, said]) =>
    Object.entries(said).map(([action, prompt]) => ({ pointer: `notifications/${word}/${action}`, prompt })),
  );
}

/** The prompts of order status announcements for callers. */
export function orderPrompts({ orders }: Pick<Company, 'orders'>): { pointer: string; prompt: number }[] {
  const menus = Object.entries(orders?.menus ?? {}).flatMap(([name, { prompt = [] }]) =>
    [prompt].flat().map((one) => ({ pointer: `orders/menus/${name}/prompt`, prompt: one })),
  );
  const choose = (orders?.choose_prompts ?? []).map((prompt, index) => ({
    pointer: `orders/choose_prompts/${index}`,
    prompt,
  }));
  return [...choose, ...menus];
}

interface PromptUsage {
  pointer: string;
  action: ActionName;
  /** `play`, `menu/prompt`, `hand_over/filler_prompt` … */
  setting: string;
}

/** The places where plans use a prompt. A shop may use it as well: its responses name prompts by id. */
export function promptUsages(plans: Plans, id: number): PromptUsage[] {
  return [...walk(plans)].flatMap(({ pointer, action }) =>
    promptsOf(action)
      .filter(({ prompt }) => prompt === id)
      .map(({ setting }) => ({ pointer, action: actionName(action), setting })),
  );
}
