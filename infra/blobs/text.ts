import type { OrphanReport } from './orphans.ts';
import type { ScrubReport } from './scrub.ts';

/** What a person reads. */
export function scrubText({ blobs, bytes, damaged, copied, rows }: ScrubReport): string {
  return [
    `${blobs} blobs, ${(bytes / 1e6).toFixed(1)} MB read / 已核对`,
    ...damaged.map(
      ({ key, problem, repaired }) =>
        `${repaired ? 'repaired / 已修复' : 'DAMAGED / 损坏'} ${problem} ${key}`,
    ),
    ...(copied > 0 ? [`${copied} put into the second copy / 已补入第二份`] : []),
    ...(rows
      ? []
      : [
          'Files of resources and exports were not looked at: the platform has the database. Stop it first. / ' +
            '平台正在使用数据库，资源文件和导出没有核对，请先停止平台。',
        ]),
    damaged.some(({ repaired }) => !repaired)
      ? 'Something is damaged and has no second copy that is right. / 有损坏，而且没有完好的第二份。'
      : 'All is well. / 全部完好。',
  ].join('\n');
}

const WHY = {
  noLesson: 'its lesson has no row / 没有这节课的记录',
  lessonHasAnother: 'its lesson has another recording / 这节课已有别的录制',
  notFinished: 'it was never finished / 录制没有结束',
  tornIndex: 'its index is torn / 索引损坏',
} as const;

export function orphanText(report: OrphanReport): string {
  const { adopted, homeless, unknownBlobs, emptyRecordings, missingBlobs } = report;
  const lines = [
    ...adopted.map((id) => `adopted / 已收回 recordings/${id}`),
    ...homeless.map(
      ({ recordingId, why }) => `without a row / 没有记录 recordings/${recordingId}: ${WHY[why]}`,
    ),
    ...unknownBlobs.map((key) => `nobody's / 无主文件 ${key}`),
    ...emptyRecordings.map((id) => `row without segments / 有记录无片段 recordings/${id}`),
    ...missingBlobs.map((key) => `row without its file / 有记录无文件 ${key}`),
  ];
  return lines.length > 0 ? lines.join('\n') : 'Nothing is orphaned. / 没有无主的内容。';
}
