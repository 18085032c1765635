/** The API as a page to read: made from the OpenAPI document alone, without a script and without anything from elsewhere. Pure. */
import type { OpenAPI } from '@orpc/openapi';
import { sayType } from './docs-type.ts';

export type DocsPage = {
  readonly html: string;
  /** The style sheet in it, for the content security policy. */
  readonly style: string;
};

const style = `
:root { color-scheme: light dark; --line: color-mix(in oklch, currentColor 18%, transparent); --quiet: color-mix(in oklch, currentColor 68%, transparent) }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 0 auto; padding: 2rem 1rem 6rem }
h1 { font-size: 2rem; margin: 0 } h2 { font-size: 1.1rem; margin: 0; font-weight: 600; overflow-wrap: anywhere } h3 { font-size: .85rem; margin: 1rem 0 .25rem; color: var(--quiet) }
code, .type { font: .9em/1.5 ui-monospace, monospace } a { color: inherit }
nav ul { columns: 20rem; list-style: none; padding: 0 } section { border-top: 1px solid var(--line); padding: 1.5rem 0 }
table { border-collapse: collapse; width: 100% } td { border-top: 1px solid var(--line); padding: .3rem .8rem .3rem 0; vertical-align: top }
td:first-child { white-space: nowrap; width: 9rem } .errors { color: var(--quiet) } abbr { text-decoration: none } .type { white-space: pre-wrap; overflow-wrap: anywhere; color: var(--quiet) } .method { display: inline-block; min-width: 4.5rem; font-weight: 700 }
p { margin: .4rem 0; max-width: 46rem }
`;

export function renderDocsPage(document: OpenAPI.Document): DocsPage {
  const routes = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    (['get', 'post', 'patch', 'delete'] as const).flatMap((method) => {
      const operation = item?.[method];
      return operation === undefined ? [] : [{ method: method.toUpperCase(), path: `/api${path}`, operation }];
    }),
  );
  const shapes = Object.entries(document.components?.schemas ?? {});
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${safe(document.info.title)} API</title><style>${style}</style></head><body>
<h1>${safe(document.info.title)} API</h1><p>Version ${safe(document.info.version)}. For programs: <a href="/openapi.json">openapi.json</a></p><p>${safe(document.info.description ?? '')}</p>
<nav aria-label="Routes"><ul>${routes.map(({ method, path, operation }) => `<li><a href="#${safe(operation.operationId ?? '')}"><code>${method} ${safe(path)}</code></a></li>`).join('')}</ul></nav>
${routes.map(renderRoute).join('\n')}
<section><h1>Shapes</h1></section>
${shapes.map(([name, schema]) => `<section id="shape-${safe(name)}"><h2>${safe(name)}</h2>${typeText(schema)}</section>`).join('\n')}
</body></html>`;
  return { html, style };
}

type Route = { readonly method: string; readonly path: string; readonly operation: OpenAPI.OperationObject };

function renderRoute({ method, path, operation }: Route): string {
  return `<section id="${safe(operation.operationId ?? '')}"><h2><code><span class="method">${method}</span>${safe(path)}</code></h2><p>${safe(operation.summary ?? '')}</p>${renderParameters(operation)}${renderBody(operation)}${renderResponses(operation)}</section>`;
}

function renderParameters({ parameters = [] }: OpenAPI.OperationObject): string {
  const rows = parameters.flatMap((one) => {
    if ('$ref' in one) return [];
    const about =
      one.description ?? (isObject(one.schema) && typeof one.schema['description'] === 'string' ? one.schema['description'] : '');
    return [
      `<tr><td><code>${safe(one.name)}</code></td><td>in ${safe(one.in)}${one.required === true ? ', needed' : ''}</td><td>${typeText(one.schema)}${safe(about)}</td></tr>`,
    ];
  });
  return rows.length === 0 ? '' : `<h3>Parameters</h3><table>${rows.join('')}</table>`;
}

function renderBody({ requestBody }: OpenAPI.OperationObject): string {
  if (requestBody === undefined || '$ref' in requestBody) return '';
  return `<h3>Body</h3><table>${renderContent(requestBody.content)}</table>`;
}

function renderResponses({ responses = {} }: OpenAPI.OperationObject): string {
  const all = Object.entries(responses).flatMap(([status, response]) =>
    'description' in response && response.description !== undefined
      ? [{ status, about: response.description, content: 'content' in response ? response.content : undefined }]
      : [],
  );
  const good = all.filter(({ status }) => Number(status) < 400);
  const errors = all.filter(({ status }) => Number(status) >= 400);
  const rows = good.map(
    ({ status, about, content }) => `<tr><td>${safe(status)}</td><td>${safe(about)}<table>${renderContent(content)}</table></td></tr>`,
  );
  const said = errors.map(({ status, about }) => `<abbr title="${safe(about)}">${safe(status)}</abbr>`).join(', ');
  return `<h3>Answer</h3><table>${rows.join('')}</table><p class="errors">Errors, each a <a href="#shape-Problem">Problem</a>: ${said}</p>`;
}

function renderContent(content: Record<string, OpenAPI.MediaTypeObject> | undefined): string {
  return Object.entries(content ?? {})
    .map(([type, media]) => `<tr><td>${safe(type)}</td><td>${typeText(media.schema)}</td></tr>`)
    .join('');
}

/** The type in short, with named shapes as links. */
function typeText(schema: unknown): string {
  const said = safe(sayType(schema)).replace(/@(\w+)/g, '<a href="#shape-$1">$1</a>');
  return `<div class="type">${said}</div>`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function safe(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
