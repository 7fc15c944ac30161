import type { Router } from 'express';
import type { OfficeParts } from '../office/office-api.ts';
import { classGroupRoutes } from './class-group-routes.ts';
import { classroomRoutes } from './classroom-routes.ts';
import { courseRoutes } from './course-routes.ts';
import { organizationRoutes } from './organization-routes.ts';
import { personRoutes } from './person-routes.ts';
import { placeLinesRoutes } from './place-lines-routes.ts';

/** Who and what there is; see `protocol/directory.ts`. */
export const directoryRoutes = (parts: OfficeParts): Router[] => [
  organizationRoutes(parts),
  personRoutes(parts),
  classroomRoutes(parts),
  classGroupRoutes(parts),
  courseRoutes(parts),
  placeLinesRoutes(parts),
];
