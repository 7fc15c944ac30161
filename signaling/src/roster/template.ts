import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { RosterKind } from '#protocol/roster.ts';
import { writeCsv } from './csv-text.ts';
import { COLUMNS, HOMEROOM } from './oneroster.ts';
import { manifest } from './roster-export.ts';

/** What a clerk fills in; of the standard's other columns the platform makes no use. */
const FILLED: Record<RosterKind, readonly string[]> = {
  orgs: ['sourcedId', 'status', 'name', 'type', 'identifier', 'parentSourcedId'],
  academicSessions: ['sourcedId', 'status', 'title', 'type', 'startDate', 'endDate', 'schoolYear'],
  courses: ['sourcedId', 'status', 'title', 'grades', 'orgSourcedId', 'subjects', 'metadata.textbook'],
  users: [
    ...['sourcedId', 'status', 'enabledUser', 'orgSourcedIds', 'role', 'username', 'givenName', 'familyName'],
    ...['identifier', 'metadata.roles'],
  ],
  classes: ['sourcedId', 'status', 'title', 'grades', 'location', 'schoolSourcedId', 'metadata.enrolledYear'],
  enrollments: [
    'sourcedId',
    'status',
    'classSourcedId',
    'schoolSourcedId',
    'userSourcedId',
    'role',
    'primary',
  ],
};

const EXPLANATION = `名单模板怎么填
================

一共六个表,用 Excel 或 WPS 打开填写,存成 CSV。用不到的表可以不要。
表名和第一行的列名请不要改。填好后把这些文件(或打成一个 zip)拖到"导入名单"页面。
平台先告诉您每一行会怎样,您看过、点了"确认导入"才会写入;只要有一行不对,就一行也不写入。

编号(sourcedId)  每一行自己的编号,由您起,同一个表里不能重复。以后再导入时靠它认出是同一个人、同一个班。
status           留空就是在用;写 tobedeleted 表示停用(已经上过的课和录像都保留)。

orgs.csv  学校和教学点
  name 名称
  type 类型:district(教育局)或 school(学校)。上级是学校的 school 就是教学点
  identifier 学校标识码,可以不填
  parentSourcedId 上级单位的编号;留空就直接属于您导入的单位

academicSessions.csv  学期
  title 名称,例如 2026—2027学年第一学期
  type 写 semester
  startDate、endDate 开学和放假的日期,例如 2026-09-01
  schoolYear 学年结束的年份,例如 2027

courses.csv  课程
  title 名称,例如 英语 五年级上册
  grades 年级,写 05 或 五年级
  orgSourcedId 学校的编号
  subjects 学科,例如 英语
  metadata.textbook 教材版本,可以不填

users.csv  老师、助教、学生和管理员
  orgSourcedIds 所在单位的编号;在几个单位工作就用逗号隔开,第一个是主要单位
  role teacher(教师)、aide(助教)、student(学生)、administrator(管理员)
  familyName 姓,givenName 名
  username 用户名,可以不填(学生一般不填)
  identifier 工号或学号,可以不填
  enabledUser 写 false 就不能登录;名单不会替任何人恢复登录
  metadata.roles 更细的身份,可以不填,例如 teacher@学校编号;researcher@教育局编号。
    可用:teacher 教师、assistant 助教、researcher 教研员、operator 录播管理员、student 学生、administrator 管理员;
    none 表示只在班里、不登录的学生
  没有密码列:新来的人由管理员在"人员"页发登录链接。

classes.csv  班级
  title 名称,例如 五年级(2)班
  grades 年级,写 05 或 五年级
  location 平时上课的教室,要和平台里的教室同名;不同名就不改
  schoolSourcedId 学校的编号
  metadata.enrolledYear 入学年份,例如 2022

enrollments.csv  谁在哪个班
  classSourcedId 班级的编号,userSourcedId 人的编号
  role student(学生)或 teacher;teacher 的 primary 写 true 就是班主任

These are the files of OneRoster 1.1 (1EdTech). Any system that exports them can be imported as it is.
`;

const STANDARD = `OneRoster 1.1 CSV, as Three Classrooms reads and writes it
========================================================

Read: orgs, academicSessions (term, semester), courses, users, classes, enrollments; UTF-8, GBK or UTF-16; alone or in
one zip. Written: the same six with all columns of the standard, bulk, status and dateLastModified empty.

bulk    What an earlier import at the same place brought and the file has no more is shown in the check, and kept or
        archived as the clerk chooses. Only people, classes and memberships of organizations and classes that the
        files mention; never administrators, nor anybody with lessons ahead.
delta   Rows say what changed, status "tobedeleted" archives. What a delta file leaves out stays. Whether a file is
        bulk or delta is said by manifest.csv; without one it is bulk.

Skipped row by row, with a reason: orgs of type department; academicSessions of type gradingPeriod and schoolYear;
users with the roles guardian, parent, relative, proctor; enrollments of teachers who are not primary (the primary
teacher is the head teacher), of administrators and proctors.
Not read: categories, classResources, courseResources, demographics, lineItems, resources, results.
Not kept: dateLastModified, userIds, middleName, email, sms, phone, agentSourcedIds, grades of users, password,
courseCode, schoolYearSourcedId, parentSourcedId and schoolYear of sessions, classCode, termSourcedIds, subjects and
periods of classes, beginDate and endDate of enrollments. Passwords are never read.
An empty cell leaves what is there: a list cannot take a login, a number or a grade away.

metadata.orgSourcedId   (academicSessions) the organization a term belongs to
metadata.stage, metadata.textbook (courses)   metadata.stage, metadata.enrolledYear (classes)
metadata.roles          (users) all roles exactly, "teacher@<org>;researcher@<org>", or "none"
metadata.nickname       (users) "true": the name is a nickname
A class belongs to a course of courseCode ${HOMEROOM}: the standard wants one, a Chinese class is of none.
A username that begins with "tc-" stands for nobody's: the standard wants one, pupils here have none.
`;

/** The standard's files with all its columns and a manifest, for who writes another system. */
export function standardTemplateZip(): Readable {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(STANDARD), 'README.txt');
  zip.addBuffer(Buffer.from(manifest('')), 'manifest.csv');
  for (const kind of RosterKind.options)
    zip.addBuffer(Buffer.from(writeCsv(COLUMNS[kind], [])), `${kind}.csv`);
  zip.end();
  return zip.outputStream as Readable;
}

/** Empty files to be filled in, with an explanation. */
export function templateZip(): Readable {
  const zip = new ZipFile();
  const add = (name: string, text: string) => zip.addBuffer(Buffer.from(`\ufeff${text}`), name);
  add('说明.txt', EXPLANATION.replaceAll('\n', '\r\n'));
  for (const kind of RosterKind.options)
    add(
      `${kind}.csv`,
      writeCsv(
        COLUMNS[kind].filter((column) => FILLED[kind].includes(column)),
        [],
      ),
    );
  zip.end();
  return zip.outputStream as Readable;
}
