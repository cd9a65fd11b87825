import type { Language } from '../lib/language.js';
import type { PhoneKey } from './desk-phone-files.js';
import type { Handset, Queue } from './schema.js';

/** More than most phones have; they ignore the rest. */
const MAX_KEYS = 40;

const TRANSFER: Record<Language, { blind: string; attended: string }> = {
  cs: { blind: 'Přepojit', attended: 'Konzultace' },
  ru: { blind: 'Перевести', attended: 'Спросить' },
  en: { blind: 'Transfer', attended: 'Ask first' },
};

interface KeysOptions {
  /** Whose phone it is. */
  handset: string;
  language: Language;
  handsets: readonly Pick<Handset, 'name' | 'display_name' | 'extension'>[];
  queues: readonly Pick<Queue, 'id' | 'name' | 'extension'>[];
  codes: { blind_transfer: string; attended_transfer: string };
}

/** The keys of a desk phone: the codes for transfers, the queues, and the other handsets. */
export function phoneKeysOf({ handset, language, handsets, queues, codes }: KeysOptions): PhoneKey[] {
  const code = (label: string, value: string): PhoneKey[] => (value === 'off' ? [] : [{ kind: 'code', label, value }]);
  const { blind, attended } = TRANSFER[language];
  return [
    ...code(blind, codes.blind_transfer),
    ...code(attended, codes.attended_transfer),
    ...queues.map(({ id, name, extension }) => lamp(name, extension ?? `queue-${id}`)),
    ...handsets
      .filter(({ name }) => name !== handset)
      .map(({ name, display_name: shown, extension }) => lamp(shown || name, extension ?? name)),
  ].slice(0, MAX_KEYS);
}

function lamp(label: string, value: string): PhoneKey {
  return { kind: 'lamp', label, value };
}
