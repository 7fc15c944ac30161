import type { Generated } from 'kysely';
import type { AccountKind, OrganizationKind, Role } from '#protocol/domain.ts';

/** May be left out when a row is made: null. */
type Later = Generated<string | null>;
type Version = Generated<number>;
type Since = Generated<Date>;

export interface DirectoryTables {
  organization: {
    id: string;
    parent_id: string | null;
    kind: OrganizationKind;
    name: string;
    /** What others call it: the ministry's school code. */
    code: Later;
    /** Whom to call there; empty: not known. */
    phone: Generated<string>;
    /** Its place among its siblings. */
    ordinal: Generated<number>;
    archived_at: Generated<Date | null>;
    version: Version;
  };
  /** Who can sign in: a person, or a classroom (its row in `classroom` has the same id). */
  account: {
    id: string;
    organization_id: string;
    kind: AccountKind;
    /** The real name, or where `is_nickname` a name of their choice. */
    name: string;
    /** What one types to sign in; null: nobody signs in with a password. */
    login: Later;
    /** Staff or pupil number. */
    number: Later;
    is_nickname: Generated<boolean>;
    disabled_at: Generated<Date | null>;
    archived_at: Generated<Date | null>;
    created_at: Since;
    version: Version;
  };
  account_role: {
    account_id: string;
    organization_id: string;
    role: Role;
    granted_by: Later;
    granted_at: Since;
  };
  classroom: {
    id: string;
    organization_id: string;
    name: string;
    archived_at: Generated<Date | null>;
    version: Version;
  };
  class_group: {
    id: string;
    organization_id: string;
    name: string;
    grade: string;
    stage: Later;
    enrolled_year: Generated<number | null>;
    classroom_id: Later;
    head_teacher_id: Later;
    archived_at: Generated<Date | null>;
    version: Version;
  };
  class_group_member: { class_group_id: string; account_id: string };
  course: {
    id: string;
    organization_id: string;
    title: string;
    subject: string;
    grade: string;
    stage: Later;
    textbook: Later;
    archived_at: Generated<Date | null>;
    version: Version;
  };
  reference_item: {
    kind: 'stage' | 'grade' | 'subject' | 'textbook';
    name: string;
    stage: Later;
    /** Of a textbook edition; empty: of any. */
    subject: Generated<string>;
    position: Generated<number>;
    archived_at: Generated<Date | null>;
  };
  external_id: { root_id: string; kind: string; external: string; id: string };
}
