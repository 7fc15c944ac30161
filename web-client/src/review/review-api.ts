import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { ClassConsent, MissingConsent, type RecordConsent, RecordedConsent } from '#protocol/consent.ts';
import { type Reach, Resource } from '#protocol/resource.ts';
import { Binned, type Delete, RetentionBook, type RetentionRule } from '#protocol/retention.ts';
import {
  type ChangeText,
  type Decide,
  type NewRemark,
  type Publish,
  ReviewFile,
  ReviewRemark,
  type Submit,
  type Withdraw,
} from '#protocol/review.ts';
import { call } from '../api/call.ts';

const at = (resourceId: string, path = '') => `/api/resources/${resourceId}${path}`;
const move =
  <B>(path: string) =>
  (resourceId: string, body: B) =>
    call(Resource, at(resourceId, path), { method: 'POST', body });

/** Routes of `protocol/review.ts`. */
export const reviewApi = {
  submit: move<Submit>('/submit'),
  decide: move<Decide>('/decision'),
  publish: move<Publish>('/publish'),
  withdraw: move<Withdraw>('/withdraw'),
  revise: move<{ version: number }>('/revise'),
  changeText: move<ChangeText>('/text'),
  remark: (resourceId: string, body: NewRemark) =>
    call(ReviewRemark, at(resourceId, '/remarks'), { method: 'POST', body }),
  setDone: (resourceId: string, remarkId: string, done: boolean) =>
    call(ReviewRemark, at(resourceId, `/remarks/${remarkId}`), { method: 'POST', body: { done } }),
  recordConsent: (body: RecordConsent) => call(RecordedConsent, '/api/consent', { method: 'POST', body }),
  rule: (body: RetentionRule) => call(RetentionBook, '/api/retention/rules', { method: 'PUT', body }),
  keep: (resourceId: string, months: number) =>
    call(RetentionBook, at(resourceId, '/keep'), { method: 'POST', body: { months } }),
  remove: (resourceId: string, body: Delete) => call(Binned, at(resourceId), { method: 'DELETE', body }),
  takeOut: (resourceId: string) => call(Resource, at(resourceId, '/take-out'), { method: 'POST' }),
};

export const mineQuery = queryOptions({
  queryKey: ['resources', 'mine'],
  queryFn: () => call(z.array(Resource), '/api/resources/mine'),
});

export const queueQuery = queryOptions({
  queryKey: ['resources', 'review'],
  queryFn: () => call(z.array(Resource), '/api/resources/review'),
  refetchInterval: 30_000,
});

export const reviewQuery = (resourceId: string) =>
  queryOptions({
    queryKey: ['review', resourceId],
    queryFn: () => call(ReviewFile, at(resourceId, '/review')),
  });

export const missingQuery = (resourceId: string, version: number, reach: Reach) =>
  queryOptions({
    queryKey: ['missing', resourceId, version, reach],
    queryFn: () => call(MissingConsent, at(resourceId, `/missing?reach=${reach}`)),
  });

export const consentQuery = queryOptions({
  queryKey: ['consent'],
  queryFn: () => call(z.array(ClassConsent), '/api/consent'),
});

export const retentionQuery = queryOptions({
  queryKey: ['retention'],
  queryFn: () => call(RetentionBook, '/api/retention'),
});
