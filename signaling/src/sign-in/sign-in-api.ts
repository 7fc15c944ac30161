import type { Router } from 'express';
import { accountRoutes } from './account-routes.ts';
import { personAccessRoutes } from './person-access-routes.ts';
import { policyRoutes } from './policy-routes.ts';
import type { SignInParts } from './sign-in-parts.ts';
import { type ListProviders, signInRoutes } from './sign-in-routes.ts';

/** Every router of signing in, beside `sessionRoutes`. */
export const signInApi = (parts: SignInParts, providers?: ListProviders): Router[] => [
  signInRoutes(parts, providers),
  accountRoutes(parts),
  personAccessRoutes(parts),
  policyRoutes(parts),
];
