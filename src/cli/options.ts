/** Every option of every command, as `parseArgs` takes them. */
export const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  'dry-run': { type: 'boolean' },
  line: { type: 'string' },
  keys: { type: 'string' },
  at: { type: 'string' },
  caller: { type: 'string' },
  shop: { type: 'string' },
  stub: { type: 'string' },
  'order-status': { type: 'string' },
  'nobody-answers': { type: 'boolean' },
  json: { type: 'boolean' },
  stdin: { type: 'boolean' },
  kind: { type: 'string' },
  company: { type: 'string' },
  profile: { type: 'string' },
  order: { type: 'string', multiple: true },
  'unknown-order': { type: 'string' },
  secret: { type: 'string' },
  'basic-auth': { type: 'string' },
  bearer: { type: 'string' },
  fixtures: { type: 'string' },
  listen: { type: 'string' },
  to: { type: 'string' },
  out: { type: 'string' },
  country: { type: 'string' },
} as const;

/** Which command knows which options. */
export const ALLOWED: Record<string, readonly string[]> = {
  apply: ['dry-run'],
  export: [],
  lint: [],
  passwd: ['stdin'],
  simulate: ['line', 'keys', 'at', 'caller', 'shop', 'stub', 'order-status', 'nobody-answers', 'json'],
  verify: [
    ...['kind', 'company', 'profile', 'order', 'unknown-order', 'secret', 'basic-auth', 'bearer'],
    ...['caller', 'line', 'json', 'fixtures'],
  ],
  record: ['listen', 'to', 'out', 'country'],
};
