/** The description of the API as an OpenAPI document, made from the contract, and the file routes the contract cannot say. */
import { type OpenAPI, OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import {
  arrivalSchema,
  contract,
  countsSchema,
  liveSchema,
  problemSchema,
  settingsSchema,
  stationSchema,
  statusSchema,
  triedTicketSchema,
} from '../../../shared/api.ts';
import { eventSchema, statusCodeSchema } from '../../../shared/event.ts';
import { hotFolderSchema, hotFolderSettingsSchema, probeResultSchema, ruleSchema, ruleSettingsSchema } from '../../../shared/hot-folder.ts';
import { jobFileSchema, jobSchema } from '../../../shared/job.ts';
import { ticketSchema } from '../../../shared/ticket.ts';
import { type FileRouteName, fileRoutes } from './file-routes.ts';

const about = `Everything a screen can do, another system can do too. Send the token of the admin or of a station in the header
"Authorization: Bearer TOKEN". Every error has one shape: a code, a sentence, and what to do. Times are ISO 8601 in UTC. A change carries an
actionId you choose; the same actionId again gets the same answer and changes nothing twice. A station gets names of customers without e-mail
and phone, and of a folder its last name and not where it lies; settings, rules and stations are the admin's.`;

const answers = {
  Job: jobSchema,
  JobFile: jobFileSchema,
  Event: eventSchema,
  HotFolder: hotFolderSchema,
  Rule: ruleSchema,
  ProbeResult: probeResultSchema,
  Arrival: arrivalSchema,
  Settings: settingsSchema,
  TriedTicket: triedTicketSchema,
  Station: stationSchema,
  Counts: countsSchema,
  Status: statusSchema,
  Live: liveSchema,
  Problem: problemSchema,
};
const questions = {
  StatusCode: statusCodeSchema,
  Ticket: ticketSchema,
  HotFolderSettings: hotFolderSettingsSchema,
  RuleSettings: ruleSettingsSchema,
};

const problemRef = { $ref: '#/components/schemas/Problem' };

export async function describeApi(version: string): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(contract, {
    info: { title: 'Printfloor', version, description: about.replaceAll('\n', ' ') },
    servers: [{ url: '/api' }],
    security: [{ bearer: [] }],
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'The token of the admin or of a station' } } },
    commonSchemas: {
      ...Object.fromEntries(Object.entries(answers).map(([name, schema]) => [name, { schema, strategy: 'output' as const }])),
      ...Object.fromEntries(Object.entries(questions).map(([name, schema]) => [name, { schema, strategy: 'input' as const }])),
    },
    customErrorResponseBodySchema: () => problemRef,
  });
  return { ...document, paths: nameErrors({ ...document.paths, ...fileRoutesDescribed }) };
}

const idOf = (name: string): OpenAPI.ParameterObject => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'integer', minimum: 1 },
});
const binary = { schema: { type: 'string', format: 'binary' } } as const;
const failures = (...statuses: number[]): OpenAPI.ResponsesObject =>
  Object.fromEntries(
    statuses.map((status) => [String(status), { description: String(status), content: { 'application/json': { schema: problemRef } } }]),
  );

function handsOut(operationId: FileRouteName, summary: string, ...ids: OpenAPI.ParameterObject[]): OpenAPI.PathsObject[string] {
  const range: OpenAPI.ParameterObject = { name: 'Range', in: 'header', description: 'bytes=FROM-TO', schema: { type: 'string' } };
  const content = { 'application/octet-stream': binary };
  return {
    get: {
      operationId,
      summary,
      parameters: [...ids, range],
      responses: {
        '200': { description: 'The whole file', content },
        '206': { description: 'The range asked for', content },
        ...failures(401, 404, 416),
      },
    },
  };
}

const fileRoutesDescribed: OpenAPI.PathsObject = {
  [fileRoutes['jobs.addFile'].path]: {
    post: {
      operationId: 'jobs.addFile' satisfies FileRouteName,
      summary: 'Adds a file to a job: raw or as a form, of any size',
      parameters: [
        idOf('id'),
        {
          name: 'name',
          in: 'query',
          description: 'File name; else the Content-Disposition header or the form gives it',
          schema: { type: 'string', maxLength: 255 },
        },
      ],
      requestBody: {
        required: true,
        content: {
          'application/octet-stream': binary,
          'application/pdf': binary,
          'multipart/form-data': {
            schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
          },
        },
      },
      responses: {
        '201': {
          description: 'The job with its new file',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Job' } } },
        },
        ...failures(400, 401, 403, 404, 422, 507),
      },
    },
  },
  [fileRoutes['jobs.getFile'].path]: handsOut('jobs.getFile', 'The file itself, whole or one range of it', idOf('id'), idOf('fileId')),
  [fileRoutes['arrivals.getFile'].path]: handsOut(
    'arrivals.getFile',
    'A file that a person is asked about, whole or one range of it',
    idOf('id'),
  ),
};

const errorNames: Readonly<Record<string, string>> = {
  '400': 'The request is wrong',
  '401': 'No token, or a wrong one',
  '403': 'This caller may not do that',
  '404': 'There is no such thing',
  '409': 'It contradicts what is there',
  '416': 'No such range in the file',
  '422': 'It makes no sense now',
  '507': 'The disk of the hub is full',
};

function nameErrors(paths: OpenAPI.PathsObject): OpenAPI.PathsObject {
  for (const operation of Object.values(paths).flatMap((path) => [path?.get, path?.post, path?.patch, path?.delete])) {
    for (const [status, response] of Object.entries(operation?.responses ?? {})) {
      if ('description' in response) response.description = errorNames[status] ?? response.description;
    }
  }
  return paths;
}
