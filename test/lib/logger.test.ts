import { expect, test } from 'vitest';
import { createLogger } from '../../src/lib/logger.js';
import { CONTENT_FIELDS, PERSONAL_FIELDS, SECRET_FIELDS } from '../../src/lib/sensitive-fields.js';

const SECRET = '+420777888999';
const fields = [...PERSONAL_FIELDS, ...SECRET_FIELDS, ...CONTENT_FIELDS];

function logged(log: (logger: ReturnType<typeof createLogger>) => void): string {
  let text = '';
  log(createLogger({ level: 'trace' }, { write: (line) => (text += line) }));
  return text;
}

test.each(fields)('%s is redacted at every depth', (field) => {
  const text = logged((logger) => {
    logger.info({ [field]: SECRET });
    logger.info({ call: { [field]: SECRET } });
    logger.info({ a: { b: { [field]: SECRET } } });
    logger.info({ a: { b: { c: { [field]: SECRET } } } });
    logger.child({ [field]: SECRET }).info('hello');
  });
  expect(text).not.toContain(SECRET);
  expect(text.split('\n')).toHaveLength(6);
});

test('other fields are logged', () => {
  expect(logged((logger) => logger.info({ port: 8080 }, 'the gateway listens'))).toContain('"port":8080');
});

test('what is logged is not changed', () => {
  const call = { caller: SECRET };
  logged((logger) => logger.info({ call }));
  expect(call.caller).toBe(SECRET);
});
