import { useTranslation } from 'react-i18next';
import type { Chapter } from '#protocol/chapters.ts';

/** What a chapter is called, on the list as on the bar. */
export function useChapterName(): (chapter: Chapter) => string {
  const { t } = useTranslation();
  return ({ kind, name, number }) => {
    switch (kind) {
      case 'start':
        return t('replay.chapter.start');
      case 'page':
        return t('replay.chapter.board', { number });
      case 'slide':
        // A file's ending says nothing to a pupil; its name may be for the teacher alone.
        return name
          ? t('replay.chapter.page', { name: name.replace(/\.\w{1,5}$/, ''), number })
          : t('replay.chapter.slide', { number });
      case 'question':
        return name
          ? t('replay.chapter.question', { number, name })
          : t('replay.chapter.questionOnly', { number });
    }
  };
}
