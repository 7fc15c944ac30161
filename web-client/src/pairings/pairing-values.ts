import type { Weekday, Weeks } from '#protocol/calendar.ts';
import type { Pairing, PairingDraft } from '#protocol/pairing.ts';

type Chosen = string | null;

/** What the form holds: as a draft, with each side's school beside it, and what is not chosen yet. */
export interface PairingValues {
  organizationId: Chosen;
  termId: Chosen;
  masterClassGroupId: Chosen;
  masterClassroomId: Chosen;
  autoOpen: boolean;
  note: string;
  courses: { courseId: Chosen; teacherId: Chosen }[];
  remotes: { organizationId: Chosen; classGroupId: Chosen; classroomId: Chosen; assistantId: Chosen }[];
  slots: { slotId?: string; courseId: Chosen; weekday: Weekday; period: number; weeks: Weeks }[];
}

export const NO_REMOTE: PairingValues['remotes'][number] = {
  ...{ organizationId: null, classGroupId: null, classroomId: null, assistantId: null },
};
export const EMPTY: PairingValues = {
  ...{ organizationId: null, termId: null, masterClassGroupId: null, masterClassroomId: null },
  ...{
    autoOpen: true,
    note: '',
    courses: [{ courseId: null, teacherId: null }],
    remotes: [NO_REMOTE],
    slots: [],
  },
};

export const valuesOf = ({ master, term, ...pairing }: Pairing): PairingValues => ({
  organizationId: master.organizationId,
  termId: term.id,
  masterClassGroupId: master.classGroup.id,
  masterClassroomId: master.classroom.id,
  autoOpen: pairing.autoOpen,
  note: pairing.note,
  courses: pairing.courses.map(({ courseId, teacher }) => ({ courseId, teacherId: teacher.id })),
  remotes: pairing.remotes.map(({ organizationId, classGroup, classroom, assistant }) => ({
    organizationId,
    classGroupId: classGroup.id,
    classroomId: classroom.id,
    assistantId: assistant?.id ?? null,
  })),
  slots: pairing.slots,
});

/** As it is sent. What was not chosen goes as nothing, and is refused beside its field; an empty line goes not at all. */
export const draftOf = (values: PairingValues): PairingDraft => ({
  termId: values.termId ?? '',
  masterClassGroupId: values.masterClassGroupId ?? '',
  masterClassroomId: values.masterClassroomId ?? '',
  autoOpen: values.autoOpen,
  note: values.note,
  courses: values.courses
    .filter(({ courseId, teacherId }) => courseId || teacherId)
    .map(({ courseId, teacherId }) => ({ courseId: courseId ?? '', teacherId: teacherId ?? '' })),
  remotes: values.remotes
    .filter(({ organizationId, classGroupId }) => organizationId || classGroupId)
    .map(({ classGroupId, classroomId, assistantId }) => ({
      ...{
        classGroupId: classGroupId ?? '',
        classroomId: classroomId ?? '',
        assistantId: assistantId ?? null,
      },
    })),
  slots: values.slots.map(({ slotId, courseId, weekday, period, weeks }) => ({
    ...(slotId && { slotId }),
    // With one course there is nothing to choose.
    courseId: (values.courses.length === 1 ? values.courses[0]!.courseId : courseId) ?? '',
    ...{ weekday, period, weeks },
  })),
});
