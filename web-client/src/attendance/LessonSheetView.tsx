import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { LessonSheet } from '#protocol/attendance-report.ts';
import { join } from '../ui/class-names.ts';
import { clockTime, longDate, MINUTE_MS } from '../ui/time.ts';
import { topicOf } from '../ui/topic-of.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './Attendance.module.css';

const minutesOf = (ms: number): number => Math.round(ms / MINUTE_MS);
type Room = LessonSheet['rooms'][number];

/** One lesson: planned and actual, and each room with the time it was there. */
export function LessonSheetView({ sheet }: { sheet: LessonSheet }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { plannedStart, plannedEnd, startedAt, endedAt, lastedMs, verdict, cancelReason } = sheet;
  const clock = (at: number) => clockTime(at, language);
  const edges = sheet.rooms.flatMap(({ stretches }) => stretches);
  const from = Math.min(plannedStart, ...edges.map((each) => each.from));
  const to = Math.max(plannedEnd, endedAt ?? 0, ...edges.map((each) => each.to));
  const place = (begin: number, end: number): CSSProperties => ({
    insetInlineStart: `${((begin - from) / (to - from)) * 100}%`,
    width: `${((end - begin) / (to - from)) * 100}%`,
  });
  return (
    <article className={styles.sheet}>
      <h3 className={styles.sheetTitle}>
        {sheet.subject} <bdi>{topicOf(sheet)}</bdi>
      </h3>
      <p className={styles.quiet}>
        {sheet.grade} · {sheet.teacherName} · {sheet.organizationName} · {t(`mode.${sheet.mode}`)}
      </p>
      <dl className={styles.facts}>
        <dt>{t('attendance.column.when')}</dt>
        <dd>
          {longDate(plannedStart, language)}
          {sheet.period !== null && ` · ${t('today.period', { period: sheet.period })}`}
        </dd>
        <dt>{t('attendance.sheet.planned')}</dt>
        <dd>{t('attendance.sheet.range', { from: clock(plannedStart), to: clock(plannedEnd) })}</dd>
        <dt>{t('attendance.sheet.actual')}</dt>
        <dd>
          {startedAt === null
            ? t('attendance.sheet.notStarted')
            : endedAt === null
              ? t('attendance.sheet.running', { from: clock(startedAt) })
              : t('attendance.sheet.range', { from: clock(startedAt), to: clock(endedAt) })}
          {startedAt !== null && ` · ${t('attendance.sheet.lasted', { minutes: minutesOf(lastedMs) })}`}
        </dd>
        <dt>{t('attendance.column.outcome')}</dt>
        <dd>
          <strong className={verdict === 'held' ? styles.good : undefined}>
            {t(`attendance.verdict.${verdict}`)}
          </strong>
          {cancelReason !== null && ` · ${t('attendance.sheet.reason', { reason: cancelReason })}`}
        </dd>
      </dl>
      <h4>{t('attendance.sheet.rooms')}</h4>
      <ul className={styles.rooms}>
        {sheet.rooms.map((room) => (
          <li key={room.accountId} className={styles.roomRow}>
            <div className={styles.roomHead}>
              <span>
                <bdi>{room.name}</bdi>{' '}
                <span className={styles.quiet}>
                  {t(`attendance.sheet.${room.part}`)} · {room.organizationName}
                  {room.classGroupName !== null && ` · ${room.classGroupName}`}
                </span>
              </span>
              {startedAt !== null && (
                <strong className={join(styles.verdict, room.had ? styles.good : styles.bad)}>
                  {t(room.had ? 'attendance.sheet.had' : 'attendance.sheet.hadNot')}
                </strong>
              )}
            </div>
            <div
              className={styles.track}
              role="img"
              aria-label={t('attendance.sheet.bar', { name: room.name })}
            >
              <i className={styles.trackPlan} style={place(plannedStart, plannedEnd)} />
              {room.stretches.map((each) => (
                <i key={each.from} className={styles.trackThere} style={place(each.from, each.to)} />
              ))}
            </div>
            <p className={styles.quiet}>
              <RoomWords room={room} alone={sheet.rooms.length === 1} />
            </p>
          </li>
        ))}
      </ul>
    </article>
  );
}

function RoomWords({ room, alone }: { room: Room; alone: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { firstJoin, lastLeave, presentMs, togetherMs, lateMs, leftEarlyMs } = room;
  if (firstJoin === null || lastLeave === null) return t('attendance.sheet.never');
  const late = minutesOf(lateMs);
  const early = minutesOf(leftEarlyMs);
  return [
    t('attendance.sheet.came', { from: clockTime(firstJoin, language), to: clockTime(lastLeave, language) }),
    t('attendance.sheet.present', { minutes: minutesOf(presentMs) }),
    ...(alone ? [] : [t('attendance.sheet.together', { minutes: minutesOf(togetherMs) })]),
    ...(late > 0 ? [t('attendance.sheet.late', { minutes: late })] : []),
    ...(early > 0 ? [t('attendance.sheet.early', { minutes: early })] : []),
  ].join(' · ');
}
