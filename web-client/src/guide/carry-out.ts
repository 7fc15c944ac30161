import type { BellPeriod } from '#protocol/bells.ts';
import type { Organization } from '#protocol/directory.ts';
import type { Account } from '#protocol/domain.ts';
import type { Holiday, Workday } from '#protocol/term.ts';
import type { Draft } from './draft.ts';
import * as api from './guide-api.ts';
import { Outcome } from './outcome.ts';
import type { Task } from './tasks.ts';

/** What is taken for granted where nobody has said otherwise. */
export interface Usual {
  bells: { name: string; periods: readonly BellPeriod[] };
  holidays: Holiday[];
  workdays: Workday[];
}

/**
 * Finds or makes everything that the first lesson needs, one after the other. What was made stays when a later step
 * is refused; the same draft again goes on from there. @throws ApiError of the step that `onTask` named last.
 */
export async function carryOut(
  draft: Draft,
  { bells, holidays, workdays }: Usual,
  account: Account,
  onTask: (task: Task) => void,
): Promise<Outcome> {
  const { grade, subject } = draft;
  onTask('masterSchool');
  const known = await api.organizations();
  const own = known.find(({ organizationId }) => organizationId === account.organizationId);
  const master = await school(known, draft.masterSchool, 'school', account.organizationId);
  onTask('remoteSchool');
  const above = own?.kind === 'bureau' ? account.organizationId : master.organizationId;
  const remote = await school(known, draft.remoteSchool, draft.remoteKind, above);
  const at = ({ organizationId }: Organization) => ({ organizationId });

  onTask('rooms');
  const masterRoom = await api.classroom({ name: draft.masterRoom, ...at(master) });
  const remoteRoom = await api.classroom({ name: draft.remoteRoom, ...at(remote) });
  onTask('classes');
  const masterClass = await api.classGroup({
    ...{ name: draft.masterClass, grade, classroomId: masterRoom.classroomId },
    ...at(master),
  });
  const remoteClass = await api.classGroup({
    ...{ name: draft.remoteClass, grade, classroomId: remoteRoom.classroomId },
    ...at(remote),
  });
  onTask('people');
  const teacher = await api.person({ name: draft.teacher, ...at(master) }, 'teacher');
  const assistant = draft.assistant
    ? await api.person({ name: draft.assistant, ...at(remote) }, 'assistant')
    : null;
  onTask('course');
  const course = await api.course({ name: `${subject} ${grade}`, subject, grade, ...at(master) });
  onTask('term');
  const { termName: name, startsOn, endsOn } = draft;
  const organizationId = account.organizationId;
  const term = await api.term({ organizationId, name, startsOn, endsOn, holidays, workdays });
  onTask('bells');
  for (const { organizationId } of [master, remote]) {
    const known = await api.bellsOf(organizationId);
    if (known.length === 0) await api.makeBells({ organizationId, startsOn, ...bells });
  }
  onTask('pairing');
  const made = await api.pairing({
    termId: term.termId,
    masterClassGroupId: masterClass.classGroupId,
    masterClassroomId: masterRoom.classroomId,
    autoOpen: true,
    note: '',
    courses: [{ courseId: course.courseId, teacherId: teacher.accountId }],
    remotes: [
      {
        classGroupId: remoteClass.classGroupId,
        classroomId: remoteRoom.classroomId,
        assistantId: assistant?.accountId ?? null,
      },
    ],
    slots: [{ courseId: course.courseId, weekday: draft.weekday, period: draft.period, weeks: 'all' }],
  });
  onTask('lessons');
  const pairing = await api.approve(made);
  const rooms = [masterRoom, remoteRoom].map(({ classroomId, name }) => ({ classroomId, name }));
  const { pairingId, lessonsAhead } = pairing;
  return Outcome.parse({ pairingId, lessonsAhead, subject, teacher, assistant, rooms });
}

async function school(
  known: readonly Organization[],
  name: string,
  kind: Draft['remoteKind'],
  parentId: string,
): Promise<Organization> {
  return (
    known.find((each) => each.name === name && each.kind !== 'bureau') ??
    (await api.makeOrganization({ parentId, kind, name }))
  );
}
