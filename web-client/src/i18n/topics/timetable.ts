/** Words of the timetable: a school's week, single lessons, everybody's own week. */
export const timetable = {
  zh: {
    cancelled: '已取消',
    cancelledBecause: '取消原因：{{reason}}',
    substitutesFor: '代 {{name}} 上课',
  },
  en: {
    cancelled: 'Cancelled',
    cancelledBecause: 'Cancelled: {{reason}}',
    substitutesFor: 'standing in for {{name}}',
  },
};
