import { Agent, request as ask } from 'node:http';
import type { TestPerson } from '../person.ts';
import type { Ids, Kind } from './places.ts';
import type { Rule } from './rules.ts';

/** What a part of an address names. */
const PARAMS: Record<string, Kind> = {
  ...{ organizationId: 'organization', schoolId: 'organization', accountId: 'person', personId: 'person' },
  ...{ classroomId: 'classroom', classGroupId: 'classGroup', courseId: 'course', lessonId: 'lesson' },
  ...{ resourceId: 'resource', recordingId: 'recording', termId: 'term', scheduleId: 'bells' },
  ...{ pairingId: 'pairing', seriesId: 'series', rubricId: 'rubric', deviceId: 'device' },
  ...{ intakeId: 'intake', playlistId: 'playlist', localLessonId: 'localLesson' },
};

export interface Reply {
  status: number;
  text: string;
  /** The body with which it was asked. */
  asked: string;
}

/** Asks the routes of a table, on few connections that stay open. */
export class Asker {
  readonly #port: number;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(port: number) {
    this.#port = port;
  }

  /** @param route such as `PUT /api/terms/:termId`, of what `ids` name */
  async ask(person: TestPerson, route: string, rule: Rule, ids: Ids): Promise<Reply> {
    const [method, path] = route.split(' ') as [string, string];
    const query = rule.query ? `?${rule.query(ids)}` : '';
    const body = method === 'GET' ? undefined : rule.body?.(ids);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const headers = {
      ...(person.cookie && { cookie: person.cookie }),
      ...(text !== undefined && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      }),
      ...rule.headers,
    };
    const where = { port: this.#port, host: '127.0.0.1', agent: this.#agent };
    return await new Promise((resolve, reject) => {
      ask({ ...where, method, path: `${filled(path, rule, ids)}${query}`, headers }, (response) => {
        let answer = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (answer += chunk));
        response.on('end', () => resolve({ status: response.statusCode!, text: answer, asked: text ?? '' }));
      })
        .on('error', (error) => reject(new Error(`${route}: ${error.message}`)))
        .end(text);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

function filled(path: string, rule: Rule, ids: Ids): string {
  return path.replace(/[:*](\w+)/g, (_, name: string) => {
    const param = rule.params?.[name] ?? PARAMS[name];
    if (param === undefined)
      throw new Error(`${path}: say in its line what :${name} is: params: { ${name}: … }`);
    return typeof param === 'string' ? ids[param] : param.fixed;
  });
}
