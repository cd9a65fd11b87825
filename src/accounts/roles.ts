import { z } from 'zod';
import { scopes, type Scope } from '../http/route.js';

export type Role = 'operator' | 'supervisor' | 'admin';

/** The rights of a role that a company may change, and the scope of each. */
const RIGHTS = {
  /** Sees telephone numbers. */
  numbers: 'numbers:read',
  /** Rejects callers (the ✕ of the monitor). */
  reject: 'calls:reject',
  /** Starts and transfers calls, plays prompts into them. */
  control: 'calls:control',
  listen: 'calls:listen',
  recordings: 'recordings:read',
  delete_recordings: 'recordings:delete',
  /** Logs other operators in and out, and pauses them. */
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
    'alarms:write',
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

/** Changes to the rights of roles. Admins always have all scopes. */
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

/** Whether a person with this handset may not see telephone numbers. */
export function masksCallers(
  { operators, roles }: { operators: readonly { handset?: string | undefined; role: Role }[]; roles: RoleChanges },
  handset: string,
): boolean {
  return operators.some(
    (person) => person.handset === handset && !scopesOf(person.role, roles).includes('numbers:read'),
  );
}
