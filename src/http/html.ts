import type { Answer } from './answer.js';

/** Markup that needs no escaping. */
export class Html {
  constructor(readonly markup: string) {}
}

export type HtmlPiece = Html | string | number | undefined | false | readonly HtmlPiece[];

/** HTML template: escapes every inserted value except {@link Html}. Undefined and false insert nothing. */
export function html(strings: TemplateStringsArray, ...pieces: HtmlPiece[]): Html {
  return new Html(strings.map((fixed, index) => fixed + render(pieces[index])).join(''));
}

export function page(document: Html, status = 200): Answer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: document.markup };
}

function render(piece: HtmlPiece): string {
  if (piece === undefined || piece === false) return '';
  if (piece instanceof Html) return piece.markup;
  if (typeof piece === 'string' || typeof piece === 'number') return escape(String(piece));
  return piece.map(render).join('');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
