/** What all pages share: their language, what comes live, and how elements are made. */
import { texts } from './texts.js';

/** Without a word for so long (the server says something every 15 s) what is seen may be old. */
const SILENCE_MS = 40_000;

const wanted = new URLSearchParams(location.search).get('lang');
const languages = [wanted, ...navigator.languages].filter(Boolean).map((tag) => tag.slice(0, 2));
export const language = languages.find((tag) => tag in texts) ?? 'en';
export const say = texts[language];

document.documentElement.lang = language;
document.title = say[document.documentElement.dataset.title];
for (const element of document.querySelectorAll('[data-text]')) element.textContent = say[element.dataset.text];

/**
 * Calls `draw` with what the server shows, at each change. Comes back by itself, and says so meanwhile.
 * @returns goes elsewhere
 */
export function watch(address, draw) {
  let stream;
  let silence;
  const alive = () => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      show('#stale', say.stale);
      open();
    }, SILENCE_MS);
  };
  const open = (where = address) => {
    address = where;
    stream?.close();
    stream = new EventSource(address);
    stream.onmessage = ({ data }) => {
      alive();
      show('#stale', '');
      draw(JSON.parse(data));
    };
    stream.onerror = () => show('#stale', say.stale);
    alive();
  };
  open();
  return open;
}

/** Posts JSON. Resolves with `{ ok, body }`, whatever happens. */
export async function post(address, body) {
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) });
    return { ok: response.ok, body: await response.json() };
  } catch (error) {
    return { ok: false, body: { error: String(error) } };
  }
}

export function show(where, text) {
  const element = document.querySelector(where);
  if (element.textContent !== text) element.textContent = text;
  element.hidden = text === '';
}

/** Replaces what is in an element, and leaves the keyboard's focus where it was: on what has the same `data-key`. */
export function keep(where, nodes) {
  const element = document.querySelector(where);
  const key = element.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  element.replaceChildren(...nodes);
  if (key !== undefined) element.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
}

/** Inserts all content as text, never as markup. */
export function node(name, attributes, ...inside) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...inside.filter((each) => each !== undefined && each !== null && each !== ''));
  return element;
}

export function button(key, label, press, attributes = {}) {
  const element = node('button', { type: 'button', 'data-key': key, ...attributes }, label);
  element.onclick = press;
  return element;
}

/** A telephone number that calls when it is pressed. */
export function callLink(number, callUrl, key) {
  const href = callUrl.replace('{number}', encodeURIComponent(number));
  const attributes = {
    href,
    target: '_blank',
    rel: 'noreferrer',
    'data-key': key,
    'aria-label': `${say.call} ${number}`,
  };
  return node('a', attributes, number);
}

export function timeOf(at) {
  return new Date(at).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}
