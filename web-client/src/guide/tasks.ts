/** What the guide does, in this order; each can be done again without making anything twice. */
export const TASKS = [
  'masterSchool',
  'remoteSchool',
  'rooms',
  'classes',
  'people',
  'course',
  'term',
  'bells',
  'pairing',
  'lessons',
] as const;
export type Task = (typeof TASKS)[number];

export type TaskState = 'waiting' | 'working' | 'done' | 'failed';

export const untouched = (): Record<Task, TaskState> =>
  Object.fromEntries(TASKS.map((task) => [task, 'waiting'])) as Record<Task, TaskState>;
