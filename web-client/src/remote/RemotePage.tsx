import type { Lesson } from '#protocol/domain.ts';
import { LessonGate } from '../classroom/LessonGate.tsx';
import { useAutoSend } from '../classroom/use-auto-send.ts';
import type { LessonSession, LessonSnapshot } from '../lesson/session.ts';
import { RemoteStage } from './RemoteStage.tsx';
import { WaitingRoom } from './WaitingRoom.tsx';

interface Props {
  lesson: Lesson;
  /** A remote classroom sends its own picture and sound; whoever only watches does not. */
  sends: boolean;
}

/** Waits for the lesson to open, then sits in it. */
export function RemotePage({ lesson, sends }: Props) {
  if (lesson.state === 'scheduled') return <WaitingRoom lesson={lesson} sends={sends} />;
  return (
    <LessonGate lesson={lesson}>
      {(session, snapshot) =>
        sends ? (
          <SendingRoom lesson={lesson} session={session} snapshot={snapshot} />
        ) : (
          <RemoteStage lesson={lesson} session={session} snapshot={snapshot} sends={false} />
        )
      }
    </LessonGate>
  );
}

interface RoomProps {
  lesson: Lesson;
  session: LessonSession;
  snapshot: LessonSnapshot;
}

function SendingRoom(props: RoomProps) {
  useAutoSend(props.session, 'pupils');
  return <RemoteStage {...props} sends />;
}
