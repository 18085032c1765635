/** JSON Schema in the short form people read: `{ name: string, types?: string[] }`. A named shape is written `@Name`. Pure. */

type Schema = Readonly<Record<string, unknown>>;

/** More choices than this are told as a count. */
const mostChoices = 12;

export function sayType(schema: unknown, depth = 0): string {
  if (!isSchema(schema)) return 'anything';
  const preset = schema['default'] === undefined ? '' : ` = ${JSON.stringify(schema['default'])}`;
  return sayShape(schema, depth) + preset;
}

function sayShape(schema: Schema, depth: number): string {
  if (typeof schema['$ref'] === 'string') return `@${schema['$ref'].split('/').at(-1)}`;
  const choices = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(choices)) return [...new Set(choices.filter((one) => !isNever(one)).map((one) => sayType(one, depth)))].join(' | ');
  if (Array.isArray(schema['allOf'])) return schema['allOf'].map((one) => sayType(one, depth)).join(' & ');
  if (schema['const'] !== undefined) return JSON.stringify(schema['const']);
  if (Array.isArray(schema['enum'])) return sayChoices(schema['enum']);
  if (Array.isArray(schema['type'])) return schema['type'].join(' | ');
  switch (schema['type']) {
    case 'object':
      return sayObject(schema, depth);
    case 'array':
      return `${grouped(sayType(schema['items'], depth))}[]`;
    case 'string':
      return schema['format'] === undefined ? 'string' : `string (${schema['format']})`;
    case 'number':
    case 'integer':
      return sayNumber(schema);
    default:
      return typeof schema['type'] === 'string' ? schema['type'] : 'anything';
  }
}

function sayObject(schema: Schema, depth: number): string {
  const properties = isSchema(schema['properties']) ? Object.entries(schema['properties']) : [];
  const extra = schema['additionalProperties'];
  if (properties.length === 0) return isSchema(extra) ? `{ [name]: ${sayType(extra, depth + 1)} }` : '{}';
  const needed = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
  const indent = '  '.repeat(depth + 1);
  const lines = properties.map(([name, type]) => {
    const about = isSchema(type) && typeof type['description'] === 'string' ? `  // ${type['description'].replaceAll('\n', ' ')}` : '';
    return `${indent}${name}${needed.has(name) ? '' : '?'}: ${sayType(type, depth + 1)}${about}`;
  });
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
}

function sayChoices(choices: readonly unknown[]): string {
  const said = choices.slice(0, mostChoices).map((one) => JSON.stringify(one));
  return said.join(' | ') + (choices.length > mostChoices ? ` | ... ${choices.length - mostChoices} more` : '');
}

/** Bounds that only say "what a computer can count" are left out. */
function sayNumber(schema: Schema): string {
  const low = schema['minimum'] ?? schema['exclusiveMinimum'];
  const bounds = [low, schema['maximum']].map((bound) =>
    typeof bound === 'number' && Math.abs(bound) < Number.MAX_SAFE_INTEGER ? String(bound) : '',
  );
  const from =
    typeof schema['exclusiveMinimum'] === 'number' ? `more than ${schema['exclusiveMinimum']}` : bounds[0] && `from ${bounds[0]}`;
  const to = bounds[1] && `to ${bounds[1]}`;
  const said = [from, to].filter(Boolean).join(' ');
  return said === '' ? String(schema['type']) : `${schema['type']} (${said})`;
}

function grouped(text: string): string {
  return text.includes(' | ') ? `(${text})` : text;
}

function isNever(schema: unknown): boolean {
  return isSchema(schema) && isSchema(schema['not']) && Object.keys(schema['not']).length === 0;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
