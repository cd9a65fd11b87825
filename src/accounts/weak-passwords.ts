import { invalid } from '../http/problem.js';

/**
 * Words of the most common passwords; a password made only of them is rejected (NIST SP 800-63B, section 5.1.1.2). A short list is
 * enough, because the lockout leaves few guesses.
 */
const COMMON = [
  ...[
    'password',
    'passw0rd',
    'heslo',
    'tajneheslo',
    'parol',
    'qwerty',
    'qwertz',
    'asdfghjkl',
    'admin',
    'administrator',
  ],
  ...['letmein', 'welcome', 'iloveyou', 'monkey', 'dragon', 'superman', 'football', 'princess', 'sunshine', 'changeme'],
  ...['cordboard', 'asterisk', 'telefon', 'telephone', 'operator', 'default', 'secret', 'trustno', 'master', 'login'],
  ...['пароль', 'йцукен', 'любовь', 'оператор', 'телефон'],
].sort((a, b) => b.length - a.length);
/** Rows of keyboards, and sequences. */
const ROWS = [
  ...[
    '01234567890123456789',
    'abcdefghijklmnopqrstuvwxyz',
    'qwertyuiop',
    'qwertzuiop',
    'asdfghjkl',
    'zxcvbnm',
    'yxcvbnm',
  ],
  ...['1qaz2wsx3edc4rfv5tgb6yhn', '1q2w3e4r5t6y7u8i9o0p', 'йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбю'],
];
const RUNS = [...ROWS, ...ROWS.map((each) => Array.from(each).reverse().join(''))];
const MIN_RUN = 4;
/** Minimal number of characters besides common words and runs. */
const MIN_OWN = 4;

/** @returns why the password is weak; undefined when it is not @param login login of its operator */
export function weaknessOf(password: string, login: string): string | undefined {
  const text = password.normalize('NFKC').toLowerCase();
  if (new Set(text).size < MIN_OWN) return 'it repeats the same characters';
  if (login.length > 2 && text.replaceAll(login.toLowerCase(), '').length < MIN_OWN) return 'it consists of the login';
  const rest = COMMON.reduce((left, word) => left.replaceAll(word, ''), withoutRuns(text));
  return rest.trim().length < MIN_OWN ? 'it is one of the most common passwords' : undefined;
}

function withoutRuns(text: string): string {
  let left = text;
  for (const row of RUNS)
    for (let length = row.length; length >= MIN_RUN; length--)
      for (let from = 0; from + length <= row.length; from++)
        left = left.replaceAll(row.slice(from, from + length), '');
  return left;
}

/** @throws {Problem} 422 for a weak password */
export function requireStrongPassword(password: string, login: string): void {
  const weakness = weaknessOf(password, login);
  if (weakness === undefined) return;
  const detail = `choose another password: ${weakness}`;
  throw invalid([{ field: 'body.password', detail, code: 'weak_password' }]);
}
