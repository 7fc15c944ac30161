import type { AuditAction, AuditEntry, AuditResult } from '#protocol/audit.ts';
import type { ExportColumn } from '../office/table-export.ts';

/** What was done, as the file says it. */
const DID: Record<AuditAction, string> = {
  'signIn.opened': '登录',
  'signIn.failed': '登录失败',
  'signIn.locked': '登录被锁定',
  'signIn.ended': '退出登录',
  'access.password': '更改密码',
  'access.secondFactor': '更改第二验证',
  'access.disabled': '停用账号',
  'access.enabled': '启用账号',
  'access.identityLinked': '关联外部身份',
  'access.refused': '尝试越权操作',
  'device.paired': '教室设备配对',
  'device.revoked': '教室设备解除',
  'grant.given': '授予身份',
  'grant.taken': '收回身份',
  'directory.changed': '修改机构目录',
  'person.changed': '修改人员',
  'roster.imported': '导入名单',
  'roster.exported': '导出名单',
  'table.exported': '导出表格',
  'term.changed': '修改学期或作息',
  'pairing.changed': '修改结对',
  'timetable.changed': '修改课表',
  'invitation.changed': '修改邀请',
  'series.changed': '修改公开课系列',
  'setting.changed': '修改设置',
  'lesson.joined': '进入课堂',
  'lesson.moved': '开门、上课或下课',
  'lesson.recorded': '更改录制',
  'replay.viewed': '观看回放',
  'resource.exported': '导出视频',
  'resource.deleted': '删除资源',
  'resource.published': '发布或下架资源',
  'consent.changed': '登记家长同意',
  'audit.exported': '导出操作日志',
  'audit.pruned': '清除到期日志',
  'database.backedUp': '备份数据库',
  'database.restored': '恢复数据库',
};
const RESULT: Record<AuditResult, string> = { ok: '成功', refused: '被拒绝', failed: '失败' };

export function auditColumns(timeZone: string): ExportColumn<AuditEntry>[] {
  const time = new Intl.DateTimeFormat('zh-CN', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return [
    { title: '序号', value: ({ seq }) => seq },
    { title: '时间', value: ({ at }) => time.format(at) },
    { title: '谁', value: ({ accountName, address }) => accountName || (address === '' ? '系统' : '') },
    { title: '做了什么', value: ({ action }) => DID[action] },
    { title: '对象', value: ({ object }) => object && (object.name ?? object.id) },
    { title: '机构', value: ({ organizationName }) => organizationName },
    { title: '结果', value: ({ result }) => RESULT[result] },
    { title: '从哪里', value: ({ address }) => address },
    { title: '细节', value: ({ detail }) => JSON.stringify(detail) },
  ];
}
