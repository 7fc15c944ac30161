/** Rubrics to begin with; once taken they are a school's own text. */
interface Template {
  title: string;
  items: { name: string; maximum: number; hint: string }[];
}

export const RUBRIC_TEMPLATES: Record<'zh' | 'en', Template[]> = {
  zh: [
    {
      title: '课堂教学评价表（100 分）',
      items: [
        { name: '教学目标', maximum: 15, hint: '明确、具体、可检测，符合课标和学情' },
        { name: '教学内容', maximum: 20, hint: '准确，重点突出，难点有突破' },
        { name: '教学过程', maximum: 25, hint: '环节清楚，问题有梯度，时间合理' },
        { name: '学生活动', maximum: 20, hint: '参与面广，有思考、有合作、有展示' },
        { name: '教学效果', maximum: 15, hint: '多数学生达成目标，有当堂检测' },
        { name: '教师素养', maximum: 5, hint: '语言、板书、技术运用' },
      ],
    },
    {
      title: '专递课堂评价表（100 分）',
      items: [
        { name: '两端兼顾', maximum: 25, hint: '本地和远端学生都被提问、都有活动' },
        { name: '远端互动', maximum: 25, hint: '远端学生听得清、看得清，回应及时' },
        { name: '教学设计', maximum: 25, hint: '内容适合两地学生，节奏合适' },
        { name: '助教配合', maximum: 15, hint: '助教组织远端活动，反馈及时' },
        { name: '技术运用', maximum: 10, hint: '板书、课件、画面切换恰当' },
      ],
    },
    {
      title: '同课异构观课表（50 分）',
      items: [
        { name: '教材理解', maximum: 15, hint: '对教材的处理有自己的想法' },
        { name: '教法特色', maximum: 15, hint: '与他人的课相比，特点在哪里' },
        { name: '学生收获', maximum: 20, hint: '学生学会了什么，从哪里看出来' },
      ],
    },
  ],
  en: [
    {
      title: 'Lesson review (100 points)',
      items: [
        { name: 'Aims', maximum: 15, hint: 'Clear, concrete, checkable' },
        { name: 'Content', maximum: 20, hint: 'Correct, with its main point' },
        { name: 'Course of the lesson', maximum: 25, hint: 'Clear steps, good questions, good timing' },
        { name: 'Pupils’ part', maximum: 20, hint: 'Many take part, think and show' },
        { name: 'Outcome', maximum: 15, hint: 'Most reach the aims, and it is checked' },
        { name: 'Teacher', maximum: 5, hint: 'Speech, board, technique' },
      ],
    },
    {
      title: 'Shared lesson review (100 points)',
      items: [
        { name: 'Both sides', maximum: 25, hint: 'Here and afar are asked and active' },
        { name: 'Exchange', maximum: 25, hint: 'The far room hears, sees and answers' },
        { name: 'Design', maximum: 25, hint: 'Fits both classes' },
        { name: 'Assistant', maximum: 15, hint: 'Leads the far room, reports back' },
        { name: 'Technique', maximum: 10, hint: 'Board, courseware, pictures' },
      ],
    },
  ],
};
