import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { NoticeBody, NoticePart } from '#protocol/notice.ts';

type MomentLater = Generated<Date | null>;

export interface NoticeTables {
  /** What somebody is told. */
  notice: {
    id: string;
    account_id: string;
    part: NoticePart;
    /** What it is about, such as `lesson <id>`: one unread notice of each. */
    matter: string;
    by_account_id: string | null;
    lesson_id: string | null;
    pairing_id: string | null;
    body: JSONColumnType<NoticeBody>;
    at: ColumnType<Date, Date | undefined, Date>;
    read_at: MomentLater;
    withdrawn_at: MomentLater;
    stirred_at: ColumnType<Date, Date | undefined, Date>;
  };
}
