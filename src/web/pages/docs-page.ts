import { html, type Html } from '../../http/html.js';
import type { OpenApiDocument } from '../../http/openapi.js';
import { route, type Route } from '../../http/route.js';
import { show } from './layout.js';

/** `/docs`: the API description for people. */
export function docsRoutes(read: () => Promise<OpenApiDocument>): Route[] {
  let content: Html | undefined;
  return [
    route({
      method: 'GET',
      path: '/docs',
      scope: 'public',
      kind: 'page',
      summary: 'API description',
      handle: async (request) => show(request, 'API', (content ??= contentOf(await read()))),
    }),
  ];
}

function contentOf(document: OpenApiDocument): Html {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const groups = [...new Set(operations.flatMap(({ operation }) => operation.tags))].sort();
  return html`<div lang="en">
    <p>${withCode(document.info.description)} <a href="/openapi.json">openapi.json</a></p>
    ${groups.map(
      (group) =>
        html`<h2>${group}</h2>
          ${operations.filter(({ operation }) => operation.tags.includes(group)).map(describe)}`,
    )}
  </div>`;
}

function describe(each: { path: string; method: string; operation: OpenApiDocument['paths'][string][string] }): Html {
  const { path, method, operation } = each;
  return html`<details>
    <summary><code>${method} ${path}</code> — ${withCode(operation.summary)}</summary>
    <p class="soft">${operation['x-scope']}</p>
    ${part('Parameters', operation.parameters.length > 0 ? operation.parameters : undefined)}
    ${part('Request', operation.requestBody)} ${part('Answers', operation.responses)}
  </details>`;
}

/** Code is between backticks in the descriptions. */
function withCode(text: string): Html[] {
  return text.split('`').map((piece, index) => (index % 2 === 1 ? html`<code>${piece}</code>` : html`${piece}`));
}

function part(title: string, content: unknown): Html | undefined {
  return content === undefined
    ? undefined
    : html`<h3>${title}</h3>
        <pre>${JSON.stringify(content, null, 2)}</pre>`;
}
