import type { z } from 'zod';
import { paramsOf } from '../../http/validate.js';
import { didYouMean, nearestWord } from '../../lib/nearest-word.js';
import { byPlace, moreProblems, type Position, type DocumentProblem } from '../problem.js';
import { writableActions } from '../plan-schema.js';
import type { Source } from './source.js';
import { knownWords } from './words.js';

type Issue = z.core.$ZodIssue;
/** Finds the value at a path of the document, and its position in the text. */
type Places = Pick<Source, 'at' | 'position' | 'keyPosition'>;

/** Maximum number of reported problems: each costs a search through the document. */
const MOST_ISSUES = 100;

/** The problems found by the schemas, each at the place in the text to correct; the first hundred, in text order. */
export function schemaProblems(issues: readonly Issue[], source: Places, file: string): DocumentProblem[] {
  const problems: DocumentProblem[] = [];
  let more = issues.length > MOST_ISSUES;
  for (const issue of issues.slice(0, MOST_ISSUES)) {
    if (problems.length >= MOST_ISSUES) {
      more = true;
      break;
    }
    problems.push(
      ...explain(issue, [], source).map((found): DocumentProblem => ({ severity: 'error', file, ...found })),
    );
    if (issue.code === 'unrecognized_keys' && issue.keys.length > MOST_ISSUES) more = true;
  }
  problems.sort(byPlace);
  const last = problems.at(-1);
  return more && last !== undefined ? [...problems, moreProblems(file, last)] : problems;
}

type Found = Position & Pick<DocumentProblem, 'path' | 'message' | 'remedy' | 'code' | 'params'>;

function explain(issue: Issue, outer: readonly PropertyKey[], source: Places): Found[] {
  const path = [...outer, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.slice(0, MOST_ISSUES).map((key) => unknownWord(key, path, source));
  if (issue.code === 'invalid_union' && issue.errors.length > 0) return explainUnion(issue, path, source);
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element') {
    const message = issue.issues.map((inner) => readable(inner)).join('; ');
    const key = String(path.at(-1));
    return [
      {
        ...source.keyPosition(path.slice(0, -1), key),
        path: pointer(path),
        message: `"${key}": ${message}`,
        code: issue.code,
      },
    ];
  }
  if (issue.code === 'custom' && issue.message.startsWith('one action')) return [notAnAction(path, source)];
  const remedy = remedyFor(issue, path);
  const code = isMissing(issue) ? 'missing' : issue.code;
  return [
    {
      ...source.position(path),
      path: pointer(path),
      message: said(issue, path),
      remedy,
      code,
      params: paramsOf(issue),
    },
  ];
}

function unknownWord(key: string, path: readonly PropertyKey[], source: Places): Found {
  const remedy = didYouMean(key, knownWords(path)) ?? 'docs/configuration.md has every word';
  return {
    ...source.keyPosition(path, key),
    path: pointer([...path, key]),
    message: `unknown setting "${key}"`,
    remedy,
    code: 'unrecognized_keys',
    params: { keys: [key] },
  };
}

function notAnAction(path: readonly PropertyKey[], source: Places): Found {
  const value = source.at(path);
  const words = typeof value === 'string' ? [value] : Object.keys(typeof value === 'object' && value ? value : {});
  const place = { ...source.position(path), path: pointer(path) };
  const [word] = words;
  if (word === undefined)
    return { ...place, message: 'an action is missing here', remedy: `one of: ${ACTIONS.join(', ')}` };
  if (words.length > 1)
    return {
      ...place,
      message: `one action each: not ${words.join(' and ')}`,
      remedy: 'begin each action with "- " on a line of its own',
    };
  if (ACTIONS.includes(word)) return { ...place, message: `"${word}" needs its settings`, remedy: `write ${word}: …` };
  const meant = nearestWord(word, ACTIONS);
  const remedy = meant === undefined ? `one of: ${ACTIONS.join(', ')}` : `did you mean "${meant}"?`;
  return { ...place, message: `unknown action "${word}"`, remedy };
}

const ACTIONS: readonly string[] = writableActions;

/** Of several alternatives, the intended one is the one whose error is nested deepest. */
function explainUnion(issue: z.core.$ZodIssueInvalidUnion, path: readonly PropertyKey[], source: Places): Found[] {
  const meant = issue.errors.find((issues) =>
    issues.some((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys'),
  );
  if (meant) return meant.flatMap((inner) => explain(inner, path, source));
  const ways = [...new Set(issue.errors.flat().map((inner) => readable(inner)))];
  const message = ways.join(', or ');
  const isBareNumber = typeof source.at(path) === 'number' && issue.errors.flat().some(wantsText);
  const remedy = isBareNumber ? { remedy: quoted(path) } : {};
  return [
    {
      ...source.position(path),
      path: pointer(path),
      message: named(path, message),
      code: source.at(path) === undefined ? 'missing' : 'invalid_union',
      ...remedy,
    },
  ];
}

function wantsText(issue: Issue): boolean {
  return issue.code === 'invalid_type' && issue.expected === 'string';
}

function quoted(path: readonly PropertyKey[]): string {
  const name = path.at(-1);
  return `put it in quotes: ${typeof name === 'string' ? `${name}:` : '-'} '…'`;
}

function said(issue: Issue, path: readonly PropertyKey[]): string {
  if (isMissing(issue)) return `"${String(path.at(-1))}" is missing`;
  return named(path, readable(issue));
}

function named(path: readonly PropertyKey[], message: string): string {
  const name = path.at(-1);
  return typeof name === 'string' ? `"${name}": ${message}` : message;
}

function readable({ message }: { message: string }): string {
  return message.replace(/^Invalid (input|string|option|key in record): /, '').replace(/^Too (big|small): /, '');
}

function isMissing(issue: Issue): boolean {
  return issue.message.endsWith('received undefined');
}

function remedyFor(issue: Issue, path: readonly PropertyKey[]): string | undefined {
  if (isMissing(issue)) return 'add it';
  if (issue.code !== 'invalid_type') return undefined;
  if (wantsText(issue) && /received (number|boolean|null)$/.test(issue.message)) return quoted(path);
  if (issue.expected === 'array') return 'write a list: each entry on a line of its own, begun with "- "';
  return undefined;
}

function pointer(path: readonly PropertyKey[]): string {
  return path.map(String).join('/');
}
