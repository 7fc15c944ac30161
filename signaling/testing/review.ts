import { Resource } from '#protocol/resource.ts';
import { PROMISE_TEXT, type Publish, type Submit } from '#protocol/review.ts';
import { ResourceAccess } from '../src/resource/access.ts';
import { ResourceRepository } from '../src/resource/resource-repository.ts';
import { PasswordGrants } from '../src/review/password-grants.ts';
import type { ReviewService } from '../src/review/review-service.ts';
import { openReviewing } from '../src/review/reviewing.ts';
import type { TestApp, TestParts } from './app.ts';
import type { TestPerson } from './person.ts';

/** The parts of reviewing, put together as signaling does. */
export function reviewParts(parts: TestParts) {
  const resources = new ResourceRepository(parts.db);
  const grants = new PasswordGrants(parts.db, 'a secret of the test');
  const access = new ResourceAccess(parts.db, resources, grants);
  return { resources, ...openReviewing({ ...parts, resources, access, grants }) };
}

export const reviewRoutesOf = (parts: TestParts) => reviewParts(parts).routes;

/** A resource by its id, as its people move it over HTTP. */
export class Reviewed {
  readonly app: TestApp;
  readonly resourceId: string;
  readonly resources: ResourceRepository;
  readonly review: ReviewService;

  /** The draft of the replay of a fresh recorded lesson of 陈静's. */
  static async draft(app: TestApp): Promise<Reviewed> {
    const { lessonId } = await app.recordedLesson();
    const resources = new ResourceRepository(app.db);
    await resources.draftReplays();
    return new Reviewed(app, (await resources.ofLesson(lessonId))!.resourceId);
  }

  constructor(app: TestApp, resourceId: string) {
    this.app = app;
    this.resourceId = resourceId;
    const { resources, review } = reviewParts(app.parts);
    this.resources = resources;
    this.review = review;
  }

  find() {
    return this.resources.find(this.resourceId);
  }

  at(path = ''): string {
    return `/api/resources/${this.resourceId}${path}`;
  }

  async version(): Promise<number> {
    return (await this.find())!.version;
  }

  async move(who: TestPerson, path: string, body: object = {}): Promise<Resource> {
    return await who.get(Resource, 'POST', this.at(path), { version: await this.version(), ...body });
  }

  /** The code with which a move is refused; null when it is done. */
  async code(who: TestPerson, path: string, body: object = {}) {
    return await who.code('POST', this.at(path), { version: await this.version(), ...body });
  }
}

export const promised = (reach: Submit['reach'] = 'public') => ({
  name: '陈静',
  promise: PROMISE_TEXT,
  reach,
  licence: 'CC-BY-4.0' as const,
});
export const terms = (reach: Publish['reach'] = 'public', more: Partial<Publish> = {}) => ({
  reach,
  licence: 'CC-BY-4.0' as const,
  ...more,
});
export const pass = { decision: 'pass' as const };
export const giveBack = { decision: 'return' as const, note: '片头请剪掉' };
