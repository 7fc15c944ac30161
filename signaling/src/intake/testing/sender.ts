import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ErrorBody } from '#protocol/errors.ts';
import { Intake, UPLOADS_PATH } from '#protocol/intake.ts';
import type { Answer, TestPerson } from '../../../testing/person.ts';

const TUS = { 'tus-resumable': '1.0.0' };

/** Sends a file as a page does, in as many pieces as a test likes. */
export class Sender {
  readonly person: TestPerson;

  constructor(person: TestPerson) {
    this.person = person;
  }

  async begin(name: string, bytes: number): Promise<{ code: string | null; intakeId: string }> {
    const answer = await this.person.ask('POST', UPLOADS_PATH, undefined, {
      ...TUS,
      'upload-length': String(bytes),
      'upload-metadata': `filename ${Buffer.from(name).toString('base64')}`,
    });
    const intakeId = answer.headers.get('location')?.split('/').at(-1) ?? '';
    return { code: codeIn(answer), intakeId };
  }

  async offset(intakeId: string): Promise<number> {
    const { headers } = await this.person.ask('HEAD', `${UPLOADS_PATH}/${intakeId}`, undefined, TUS);
    return Number(headers.get('upload-offset'));
  }

  async send(intakeId: string, offset: number, piece: Uint8Array): Promise<string | null> {
    const answer = await this.person.ask('PATCH', `${UPLOADS_PATH}/${intakeId}`, piece, {
      ...TUS,
      'content-type': 'application/offset+octet-stream',
      'upload-offset': String(offset),
    });
    return codeIn(answer);
  }

  /** A whole file, until it is known what became of it. */
  async bring(name: string, content: Uint8Array): Promise<Intake> {
    const { code, intakeId } = await this.begin(name, content.length);
    if (code) throw new Error(code);
    const refused = await this.send(intakeId, 0, content);
    if (refused) throw new Error(refused);
    return await this.settled(intakeId);
  }

  async find(intakeId: string): Promise<Intake> {
    return await this.person.get(Intake, 'GET', `/api/library/intakes/${intakeId}`);
  }

  async settled(intakeId: string): Promise<Intake> {
    for (;;) {
      const intake = await this.find(intakeId);
      if (intake.state === 'ready' || intake.state === 'failed') return intake;
      await sleep(50);
    }
  }
}

function codeIn({ status, body }: Answer): string | null {
  if (status < 400) return null;
  const read = typeof body === 'string' ? JSON.parse(body) : body;
  return ErrorBody.parse((read as { error: unknown }).error).code;
}

export const sha256 = (...parts: (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};
