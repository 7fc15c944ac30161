import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { RosterKind } from '#protocol/roster.ts';
import { writeCsv } from './csv-text.ts';
import { COLUMNS } from './oneroster.ts';

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
