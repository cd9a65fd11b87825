/** False where the tests of the stores run on PostgreSQL. What only SQLite has, such as query plans and files, is tested `if (isSqlite)`. */
export const isSqlite = process.env['TESTED_DATABASE'] !== 'postgres';
