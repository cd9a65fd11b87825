import { z } from 'zod';
import { scopes, type Scope } from '../http/route.js';

export type Role = 'operator' | 'supervisor' | 'admin';

/** What a company may decide of a role, and the scope behind it. */
const RIGHTS = {
  /** Sees telephone numbers. */
  numbers: 'numbers:read',
  /** The ✕. */
  reject: 'calls:reject',
  /** Starts calls, transfers them, plays into them. */
  control: 'calls:control',
  listen: 'calls:listen',
  recordings: 'recordings:read',
  delete_recordings: 'recordings:delete',
  /** Logs others in and out, and pauses them. */
  operators: 'operators:control',
} as const satisfies Record<string, Scope>;

const OPERATOR: readonly Scope[] = [
  'calls:read',
  'numbers:read',
  'calls:reject',
  'monitor:read',
  'operators:read',
  'prompts:read',
];

const SCOPES: Record<Role, readonly Scope[]> = {
  operator: OPERATOR,
  supervisor: [
    ...OPERATOR,
    'calls:control',
    'calls:listen',
    'recordings:read',
    'operators:control',
    'config:read',
    'lines:read',
    'metrics:read',
  ],
  admin: scopes,
};

const rights = z.strictObject({
  numbers: z.boolean().optional(),
  reject: z.boolean().optional(),
  control: z.boolean().optional(),
  listen: z.boolean().optional(),
  recordings: z.boolean().optional(),
  delete_recordings: z.boolean().optional(),
  operators: z.boolean().optional(),
});

/** What the company changes of its roles; an admin may always do everything. */
export const rolesSchema = z.strictObject({ operator: rights.optional(), supervisor: rights.optional() });
export type RoleChanges = z.output<typeof rolesSchema>;

export function scopesOf(role: Role, changes: RoleChanges): readonly Scope[] {
  if (role === 'admin') return SCOPES.admin;
  const given = new Set(SCOPES[role]);
  for (const [right, scope] of Object.entries(RIGHTS)) {
    const allowed = changes[role]?.[right as keyof typeof RIGHTS];
    if (allowed === true) given.add(scope);
    if (allowed === false) given.delete(scope);
  }
  return scopes.filter((scope) => given.has(scope));
}
