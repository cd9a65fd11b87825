import type { SetupAnswers, SetupMade } from '../../../company/setup-progress.js';
import { keySettingOf, SECTIONS, type Section } from '../../../company/store/items.js';
import { compact } from '../../../lib/compact.js';
import { isEqual } from '../config/values.js';

/** What the set-up makes of its answers. Pure: answers to items of the configuration. */

export interface Item {
  section: Section;
  key: string;
  body: unknown;
}

/** The shipped sound of each prompt of the plan. */
export const SOUNDS = {
  menu: 'main-menu',
  wrong_key: 'wrong-key',
  filler: 'one-moment',
  unavailable: 'status-unavailable',
  closed: 'closed',
  goodbye: 'goodbye',
  nobody: 'nobody-available',
  connecting: 'connecting',
  rejected: 'call-rejected',
  welcome: 'queue-welcome',
  hold: 'queue-hold-the-line',
} as const;

type Purpose = keyof typeof SOUNDS;
/** Answers that make a whole configuration. */
export type WholeAnswers = Given<SetupAnswers, 'language' | 'kind' | 'number' | 'hours' | 'answered_by'>;
export type WholeMade = Given<SetupMade, 'queue' | 'handset' | 'test_handset' | 'part'>;
type Given<T, K extends keyof T> = T & { [P in K]-?: NonNullable<T[P]> };

/** Texts of items, in the language of the visitor. */
export interface ItemNames {
  queue: string;
  handset: string;
  testHandset: string;
  music: string;
}

export function isWhole(answers: SetupAnswers): answers is WholeAnswers {
  const { language, kind, number, hours, answered_by } = answers;
  return [language, kind, number, hours, answered_by].every((answer) => answer !== undefined);
}

/** Whether callers choose by keys: a shop whose program tells the status of an order. */
export function hasMenu({ kind, shop_url }: SetupAnswers): boolean {
  return kind === 'shop' && (shop_url ?? '') !== '';
}

/** The prompts that the plan plays from shipped sounds; spoken ones are made one by one. */
export function shippedPurposes(answers: WholeAnswers): Purpose[] {
  const isShipped = (purpose: 'greeting' | 'closed' | 'nobody') => answers.prompts?.[purpose]?.kind !== 'spoken';
  return [
    ...(isShipped('greeting') && answers.kind !== 'taxi' ? [hasMenu(answers) ? 'menu' : 'welcome'] : []),
    ...(hasMenu(answers) ? (['wrong_key', 'filler', 'unavailable', 'goodbye'] as const) : []),
    ...(answers.hours !== 'always' && isShipped('closed') ? (['closed'] as const) : []),
    ...(isShipped('nobody') ? (['nobody'] as const) : []),
    ...(saysConnecting(answers) ? (['connecting'] as const) : []),
    'rejected',
    'hold',
  ] as Purpose[];
}

/** The shipped greeting of a plan without a menu says it already. */
function saysConnecting(answers: WholeAnswers): boolean {
  return hasMenu(answers) || answers.kind === 'taxi' || answers.prompts?.greeting?.kind === 'spoken';
}

/** The items of the configuration, without the settings and prompts. */
export function itemsOf(answers: WholeAnswers, made: WholeMade, names: ItemNames): Item[] {
  const handset = { name: made.handset, display_name: names.handset };
  return [
    item('music', 'calm', { name: 'calm', title: names.music, sound: 'calm' }),
    item('handsets', made.handset, answers.answered_by === 'browser' ? { ...handset, webrtc: true } : handset),
    item('handsets', made.test_handset, { name: made.test_handset, display_name: names.testHandset, webrtc: true }),
    item('queues', String(made.queue), {
      id: made.queue,
      name: names.queue,
      handsets: [made.handset],
      music: 'calm',
      periodic: { prompts: [promptOf(made, 'hold')], every: '45s' },
    }),
    ...(hasMenu(answers) ? [item('parts', made.part, menuPart(answers, made))] : []),
    item('lines', answers.number, lineOf(answers, made)),
  ];
}

/**
 * The settings of the company, with the answers. Its other languages stay if there are other lines.
 *
 * @param document the configuration as it is; settings and the lines are used
 */
export function settingsOf(
  document: Record<string, unknown>,
  answers: { number?: string; language?: string; country?: string; time_zone?: string; reject_prompt?: number },
): Record<string, unknown> {
  const { number, language, reject_prompt, ...given } = answers;
  const current = Object.entries(document).filter(([name]) => name !== 'version' && !isSection(name));
  const settings: Record<string, unknown> = { ...Object.fromEntries(current), ...given };
  const hasOtherLines = keysOf(document, 'lines').some((each) => each !== number);
  const former = hasOtherLines && Array.isArray(settings['languages']) ? (settings['languages'] as string[]) : [];
  if (language !== undefined) settings['languages'] = [language, ...former.filter((each) => each !== language)];
  if (reject_prompt !== undefined) settings['reject_prompt'] ??= reject_prompt;
  return settings;
}

/** Settings of the examples that name what {@link withoutExample} removes. */
const EXAMPLE_SETTINGS = ['lookup', 'priority_callers', 'orders', 'gootax', 'notifications', 'status_speech'];
const EXAMPLE_SECTIONS = ['lines', 'parts', 'queues', 'webhooks'] as const;

/** Removes an example company: its lines and what they lead to. People, handsets and prompts stay. */
export function withoutExample(document: Record<string, unknown>): {
  removed: Item[];
  rest: Record<string, unknown>;
} {
  const removed = EXAMPLE_SECTIONS.flatMap((section) =>
    keysOf(document, section).map((key): Item => ({ section, key, body: null })),
  );
  const gone: readonly string[] = [...EXAMPLE_SECTIONS, ...EXAMPLE_SETTINGS];
  return { removed, rest: Object.fromEntries(Object.entries(document).filter(([name]) => !gone.includes(name))) };
}

export interface Changes {
  /** A body that is null removes the item. */
  changes: Item[];
  /** Items that were changed in another place since: they stay as they are. */
  kept: Item[];
}

/**
 * The changes that lead from what the set-up made before to what it makes now.
 *
 * @param before what it made with the former answers; empty the first time
 * @param present the body of an item as it is now; undefined when there is none
 */
export function changesOf(before: Item[], after: Item[], present: (at: Omit<Item, 'body'>) => unknown): Changes {
  const result: Changes = { changes: [], kept: [] };
  for (const next of after) {
    const [former, current] = [find(before, next)?.body, present(next)];
    if (isEqual(current, next.body)) continue;
    if (current === undefined || isEqual(current, former)) result.changes.push(next);
    else result.kept.push(next);
  }
  // What others have changed may refer to any item.
  if (result.kept.length > 0) return result;
  // The line first: nothing may refer to what is removed.
  for (const former of [...before].reverse()) {
    if (find(after, former) !== undefined) continue;
    const { section, key } = former;
    if (isEqual(present(former), former.body)) result.changes.push({ section, key, body: null });
  }
  return result;
}

function find(items: Item[], { section, key }: Omit<Item, 'body'>): Item | undefined {
  return items.find((each) => each.section === section && each.key === key);
}

/** The keys of a section of a document. */
export function keysOf(document: Record<string, unknown>, section: Section): string[] {
  const [content, setting] = [document[section], keySettingOf(section)];
  if (!Array.isArray(content) || setting === undefined) return Object.keys(content ?? {});
  return content.map((each: Record<string, unknown>) => String(each[setting]));
}

function isSection(name: string): boolean {
  return SECTIONS.some((section) => section === name);
}

function item(section: Section, key: string, body: unknown): Item {
  return { section, key, body };
}

function promptOf({ prompts }: SetupMade, purpose: string): number {
  const id = prompts[purpose];
  if (id === undefined) throw new Error(`no prompt for ${purpose}`);
  return id;
}

/** The prompt that was spoken from a text, or the shipped one. */
function chosenPrompt(
  { prompts }: WholeAnswers,
  made: WholeMade,
  choice: 'greeting' | 'closed' | 'nobody',
  shipped: Purpose,
) {
  return promptOf(made, prompts?.[choice]?.kind === 'spoken' ? `${choice}_spoken` : shipped);
}

function lineOf(answers: WholeAnswers, made: WholeMade): unknown {
  const { number, name = '', kind, language } = answers;
  // A spoken prompt has only this language.
  const line = compact({ number, name: name === '' ? undefined : name, languages: [language] });
  if (hasMenu(answers)) return { ...line, plan: ['answer', { go_to_part: made.part }] };
  const isSpoken = answers.prompts?.greeting?.kind === 'spoken';
  const greet = () => ({ play: chosenPrompt(answers, made, 'greeting', 'welcome') });
  return {
    ...line,
    plan: [
      'answer',
      ...(isSpoken ? [greet()] : []),
      ...(kind === 'taxi' ? [{ order_status: {} }] : []),
      ...whenOpen(answers, made),
      // The shipped greeting announces the queue.
      ...(!isSpoken && kind !== 'taxi' ? [greet()] : []),
      ...toPeople(answers, made),
    ],
  };
}

function menuPart(answers: WholeAnswers, made: WholeMade): unknown {
  const handOver = {
    url: answers.shop_url,
    filler_prompt: promptOf(made, 'filler'),
    filler_after: '3s',
    fallback_prompt: promptOf(made, 'unavailable'),
    profile: 'telfa',
  };
  return [
    {
      menu: {
        prompt: chosenPrompt(answers, made, 'greeting', 'menu'),
        timeout: '5s',
        retries: 2,
        keys: {
          '1': [...whenOpen(answers, made), ...toPeople(answers, made)],
          '9': [{ hand_over: handOver }, { go_to_part: made.part }],
        },
        wrong_key_prompt: promptOf(made, 'wrong_key'),
      },
    },
    { play: promptOf(made, 'goodbye') },
    'hang_up',
  ];
}

function whenOpen(answers: WholeAnswers, made: WholeMade): unknown[] {
  const { hours } = answers;
  if (hours === 'always') return [];
  const closed = [{ play: chosenPrompt(answers, made, 'closed', 'closed') }, 'hang_up'];
  return [{ hours: { ...hours, closed } }];
}

function toPeople(answers: WholeAnswers, made: WholeMade): unknown[] {
  return [
    ...(saysConnecting(answers) ? [{ play: promptOf(made, 'connecting') }] : []),
    { enqueue: { queue: made.queue } },
    { play: chosenPrompt(answers, made, 'nobody', 'nobody') },
    'hang_up',
  ];
}

/** The body of an item in a document; undefined when there is none. */
export function bodyIn(document: Record<string, unknown>, { section, key }: Omit<Item, 'body'>): unknown {
  const [content, setting] = [document[section], keySettingOf(section)];
  if (!Array.isArray(content) || setting === undefined) return (content as Record<string, unknown> | undefined)?.[key];
  return content.find((each: Record<string, unknown>) => String(each[setting]) === key) as unknown;
}
