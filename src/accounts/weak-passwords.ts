/**
 * Passwords of ten characters and more that everybody tries first, and what is made in the same way (NIST SP 800-63B, section 5.1.1.2).
 * Longer lists exist; what guesses are left to somebody who is locked out after five makes this one long enough.
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
/** Rows of keyboards and sequences, in which one moves on from key to key. */
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
const SHORTEST_RUN = 4;
/** So many characters besides those that are guessed first make it a password. */
const LEAST_OWN = 4;

/** Why a password is among the first that are guessed; undefined when it is not. @param login of whose password it is */
export function weaknessOf(password: string, login: string): string | undefined {
  const text = password.normalize('NFKC').toLowerCase();
  if (new Set(text).size < LEAST_OWN) return 'it repeats the same characters';
  if (login.length > 2 && text.replaceAll(login.toLowerCase(), '').length < LEAST_OWN) return 'it is made of the login';
  const rest = COMMON.reduce((left, word) => left.replaceAll(word, ''), withoutRuns(text));
  return rest.trim().length < LEAST_OWN ? 'it is among the first that are guessed' : undefined;
}

function withoutRuns(text: string): string {
  let left = text;
  for (const row of RUNS)
    for (let length = row.length; length >= SHORTEST_RUN; length--)
      for (let from = 0; from + length <= row.length; from++)
        left = left.replaceAll(row.slice(from, from + length), '');
  return left;
}
