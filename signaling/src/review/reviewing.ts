import type { Router } from 'express';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import type { Logger } from '#platform/logger.ts';
import type { Audit } from '../audit/audit.ts';
import type { Db } from '../database/database.ts';
import { resourceRoutes } from '../http/resource-routes.ts';
import { retentionRoutes } from '../http/retention-routes.ts';
import { reviewRoutes } from '../http/review-routes.ts';
import type { MediaServing } from '../media/serving.ts';
import type { WordLists } from '../moderation/word-lists.ts';
import type { ResourceAccess } from '../resource/access.ts';
import type { ResourceRepository } from '../resource/resource-repository.ts';
import type { TimelineStore } from '../timeline/timeline-store.ts';
import { ClassConsents } from './class-consents.ts';
import { Consents } from './consents.ts';
import { Deletion } from './deletion.ts';
import type { PasswordGrants } from './password-grants.ts';
import { Retention } from './retention.ts';
import { ReviewFiles } from './review-file.ts';
import { ReviewService } from './review-service.ts';
import { Reviewers } from './reviewers.ts';
import { SensitiveHits } from './sensitive-hits.ts';

export interface ReviewingParts {
  db: Db;
  blobs: BlobStore;
  timelines: TimelineStore;
  wordLists: WordLists;
  resources: ResourceRepository;
  access: ResourceAccess;
  grants: PasswordGrants;
  serving: Pick<MediaServing, 'forget'>;
  logger: Logger;
  audit: Audit;
}

export interface Reviewing {
  review: ReviewService;
  consents: Consents;
  deletion: Deletion;
  retention: Retention;
  routes: Router[];
}

/** Puts the parts of review, consent, retention and deletion together. */
export function openReviewing(parts: ReviewingParts): Reviewing {
  const { db, blobs, timelines, wordLists, resources, access, grants, logger, audit } = parts;
  const consents = new Consents(db);
  const reviewers = new Reviewers(db);
  const review = new ReviewService(db, { resources, access, consents, reviewers });
  const hits = new SensitiveHits(db, timelines, wordLists);
  const files = new ReviewFiles(db, { access, consents, review, hits });
  const deletion = new Deletion(db, { blobs, resources, access, serving: parts.serving, logger });
  const retention = new Retention(db, { resources, access, deletion, logger });
  const classConsents = new ClassConsents(db, resources, consents);
  const routes = [
    resourceRoutes({ resources, access, grants, review, reviewers, audit }),
    reviewRoutes(files),
    retentionRoutes({ db, blobs, access, retention, deletion, classConsents, audit }),
  ];
  return { review, consents, deletion, retention, routes };
}
