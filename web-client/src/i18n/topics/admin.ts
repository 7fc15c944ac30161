/** Words that all pages of the administration share. */
export const admin = {
  zh: {
    open: '管理',
    group: { people: '机构和人员', timetable: '课表', safety: '安全' },
  },
  en: {
    open: 'Administration',
    group: { people: 'Schools and people', timetable: 'Timetable', safety: 'Safety' },
  },
};
