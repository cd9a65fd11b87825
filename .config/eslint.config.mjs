import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** What Oxlint (.oxlintrc.json) lacks. It has all other rules, also those that need types. */

/** Import order of the folders of src/: a folder may import only from the folders of earlier rows. */
const floors = [
  ['lib'],
  ['kernel', 'telephony', 'storage', 'shared-state', 'http', 'asterisk'],
  ['accounts', 'directory', 'prompts', 'orders'],
  ['webhooks'],
  ['company'],
  ['call-plan'],
  ['calls'],
  ['masked-bridges', 'notifications', 'agents', 'live-state', 'recordings', 'reports', 'backups', 'alarms'],
  ['privacy'],
  ['integrations', 'monitor', 'simulator', 'webphone'],
  ['web'],
  ['contract'],
  ['cluster'],
  ['doctor'],
];

/** Idioms that are allowed in one place only, or nowhere. */
const idioms = [
  { selector: 'SpreadElement > ObjectExpression', message: 'Write the properties without the spread.' },
  {
    selector: "ObjectExpression > SpreadElement > :matches(ConditionalExpression, LogicalExpression[operator='&&'])",
    message:
      'Give the property a type with undefined; where JSON or headers are written, use compact() of lib/compact.ts.',
  },
  {
    selector:
      "ConditionalExpression[test.operator='instanceof'][test.right.name='Error'][alternate.callee.name='String']",
    message: 'Use messageOf() of lib/error-message.ts.',
  },
  { selector: 'Literal[value=60000]', message: 'MINUTE_MS in lib/time.ts.' },
  { selector: 'Literal[value=3600000]', message: 'HOUR_MS in lib/time.ts.' },
  { selector: 'Literal[value=86400000]', message: 'DAY_MS in lib/time.ts.' },
  {
    selector: "BinaryExpression[operator='*'][left.right.value=60][right.value=1000]",
    message: 'MINUTE_MS, HOUR_MS and DAY_MS are in lib/time.ts.',
  },
];

/** What SQLite knows and PostgreSQL does not, or knows with another meaning. */
const sqliteOnly = [
  ...['strftime', 'datetime', 'date', 'time', 'julianday', 'unixepoch', 'printf', 'format', 'ifnull', 'iif', 'total'],
  ...['typeof', 'hex', 'unhex', 'randomblob', 'changes', 'last_insert_rowid', 'group_concat', 'json_object'],
  ...['json_array', 'json_group_array', 'json_group_object', 'json_set', 'json_type', 'json_tree', 'json_array_length'],
].join('|');
const SQLITE_ONLY = `/\\b(?:${sqliteOnly})\\s*\\(|\\b(?:min|max)\\([^()]*,|\\b(?:glob|regexp|rowid|pragma|nocase)\\b|\\binsert or\\b|\\breplace into\\b|\\bindexed by\\b/i`;
const message = 'SQLite knows this, PostgreSQL does not: use what src/storage/sql.ts has, or standard SQL.';
const portableSql = [
  { selector: `TaggedTemplateExpression[tag.name='sql'] TemplateElement[value.raw=${SQLITE_ONLY}]`, message },
  {
    selector: `CallExpression[callee.object.name='sql'][callee.property.name='raw'] Literal[value=${SQLITE_ONLY}]`,
    message,
  },
  {
    selector: `CallExpression[callee.object.name='sql'][callee.property.name='raw'] TemplateElement[value.raw=${SQLITE_ONLY}]`,
    message,
  },
];
/** Migrations are written for SQLite and translated (src/storage/postgres/ddl.ts); the others are of one database, or tell both apart. */
const ONE_DATABASE = [
  ...[
    'sqlite/**',
    'postgres/**',
    'sql.ts',
    'migrations.ts',
    '*-table.ts',
    '*-tables.ts',
    '*-column.ts',
    '*-columns.ts',
  ],
  ...['backfill-calls.ts', 'convert-play-effects.ts', 'move-pending-effects.ts', 'rename-call-state.ts'],
].map((file) => `src/storage/${file}`);

/** Each feature defines its settings; the company document is composed of these files only. */
const SETTINGS = ['schema.ts', 'runtel/schema.ts', 'gootax/schema.ts'];

const zones = floors.flatMap((floor, level) =>
  floor.map((room) => ({
    target: `./src/${room}`,
    from: [
      ...floors
        .slice(level + 1)
        .flat()
        .map((other) => `./src/${other}`),
      ...floor.filter((other) => level > 1 && other !== room).map((other) => `./src/${other}`),
      './src/app.ts',
      './src/gateway.ts',
      './src/main.ts',
      './src/cli.ts',
      './src/config.ts',
    ],
    except: SETTINGS.map((file) => `./${file}`),
    message: 'Imports point one way: see docs/architecture.md',
  })),
);

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'test/**/*.mjs', 'src/web/console/api/schema.d.ts'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parser: tseslint.parser, parserOptions: { jsDocParsingMode: 'none' } },
    // Oxlint reports unused directives.
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    plugins: {
      'import-x': importX,
      // Known, so that directives for its rules, which Oxlint reads, are no error.
      '@typescript-eslint': tseslint.plugin,
    },
    settings: {
      'import-x/resolver-next': [
        importX.createNodeResolver({ extensions: ['.ts', '.js'], extensionAlias: { '.js': ['.ts', '.js'] } }),
      ],
    },
    rules: { 'import-x/no-restricted-paths': ['error', { basePath: `${import.meta.dirname}/..`, zones }] },
  },
  {
    files: ['src/**'],
    ignores: ['src/lib/time.ts', 'src/lib/error-message.ts'],
    rules: { 'no-restricted-syntax': ['error', ...idioms] },
  },
  {
    files: ['src/**'],
    ignores: ['src/lib/**', ...ONE_DATABASE],
    rules: { 'no-restricted-syntax': ['error', ...idioms, ...portableSql] },
  },
  {
    files: ['test/**'],
    rules: { 'no-restricted-syntax': ['error', idioms[0]] },
  },
);
