import type { AuditAction, AuditEntry } from '../../storage/audit-log.js';
import { isDeepStrictEqual } from 'node:util';
import type { Change } from './diff.js';

/** How a configuration came to be published. */
export interface PublishCause {
  action: 'configuration_published' | 'configuration_restored' | 'draft_published';
  /** Such as the draft. */
  detail?: Record<string, unknown>;
}

/** Most entries about accounts and prompts of one change. */
const MOST = 100;

const ACTIONS: Record<string, Record<Change['change'], AuditAction>> = {
  operators: { added: 'account_added', changed: 'account_changed', removed: 'account_removed' },
  prompts: { added: 'prompt_added', changed: 'prompt_replaced', removed: 'prompt_removed' },
};

/** The audit entries of a new version of the configuration. */
export function auditEntriesOf(
  changes: readonly Change[],
  { action, detail = {} }: PublishCause,
  at: number,
  version: number,
): AuditEntry[] {
  const sections: Record<string, number> = {};
  for (const { section } of changes) sections[section] = (sections[section] ?? 0) + 1;
  const all: AuditEntry[] = [{ at, action, subject: `version ${version}`, detail: { ...detail, changes: sections } }];
  if (changes.some(hasOtherRoles)) all.push({ at, action: 'roles_changed', subject: `version ${version}` });
  const named = changes.flatMap(({ section, key, change, before, after }): AuditEntry[] => {
    const about = ACTIONS[section]?.[change];
    if (about === undefined) return [];
    const more = section === 'operators' ? { login: settingOf(after ?? before, 'login'), role: roleOf(after) } : {};
    return [{ at, action: about, subject: `${section}/${key}`, detail: { version, ...more } }];
  });
  return [...all, ...named.slice(0, MOST)];
}

function hasOtherRoles({ section, before, after }: Change): boolean {
  return section === 'settings' && !isDeepStrictEqual(settingOf(before, 'roles'), settingOf(after, 'roles'));
}

/** The document leaves the default out. */
function roleOf(operator: unknown): unknown {
  return operator === undefined ? undefined : (settingOf(operator, 'role') ?? 'operator');
}

function settingOf(item: unknown, name: string): unknown {
  return (item as Record<string, unknown> | undefined)?.[name];
}
