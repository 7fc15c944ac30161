import { IconFileText, IconListTree, IconMessage } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { WatchProgress } from '#protocol/progress.ts';
import type { HitMoment, LibraryCard, MomentSource } from '#protocol/search.ts';
import { measure } from '../theme/tokens.ts';
import { join } from '../ui/class-names.ts';
import { duration } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import { CardMenu } from './CardMenu.tsx';
import { Cover } from './Cover.tsx';
import { Marked } from './Marked.tsx';
import { placeOf } from './place-of.ts';
import styles from './ResourceCard.module.css';

const ICONS: Record<MomentSource, typeof IconMessage> = {
  caption: IconMessage,
  chapter: IconListTree,
  page: IconFileText,
};

interface Props {
  card: LibraryCard;
  /** `row`: the picture beside the words, where there is much to say. */
  shape?: 'card' | 'row';
  words?: readonly string[];
  moments?: readonly HitMoment[];
  progress?: WatchProgress | null;
  /** What else stands at its end. */
  children?: ReactNode;
}

/** A resource in a list: one touch and it plays; a line of what was found plays from there. */
export function ResourceCard({ card, shape = 'card', words = [], moments = [], progress, children }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { title, catalogue, authorId, authorName, organizationId, organizationName, plays, state } = card;
  const place = [catalogue.grade, catalogue.subject, catalogue.section ?? catalogue.chapter].filter(Boolean);
  const played = new Intl.NumberFormat(language, { notation: 'compact' }).format(plays);
  return (
    <article
      className={join(styles.card, shape === 'row' && styles.row)}
      data-testid={`card-${card.resourceId}`}
    >
      <Link to={placeOf(card)} className={styles.cover} tabIndex={-1} aria-hidden="true">
        <Cover card={card} progress={progress} />
      </Link>
      <div className={styles.words}>
        <div className={styles.head}>
          <h3 className={styles.title}>
            <Link to={placeOf(card)} title={title}>
              <Marked text={title} words={words} />
            </Link>
          </h3>
          <CardMenu card={card} />
        </div>
        {place.length > 0 && <p className={styles.place}>{place.join(' · ')}</p>}
        {shape === 'row' && card.description && (
          <p className={styles.description}>
            <Marked text={card.description} words={words} />
          </p>
        )}
        {moments.map((moment) => {
          const Icon = ICONS[moment.source];
          return (
            <Link
              key={`${moment.source} ${moment.atMs} ${moment.page} ${moment.text}`}
              to={placeOf(card, moment)}
              className={styles.moment}
              data-testid="moment"
            >
              <Icon size={measure.thumb} aria-label={t(`library.source.${moment.source}`)} />
              <span className={styles.at}>
                {moment.atMs === null
                  ? t('library.atPage', { page: moment.page ?? 1 })
                  : duration(moment.atMs)}
              </span>
              <span className={styles.text}>
                <Marked text={moment.text} words={words} />
              </span>
            </Link>
          );
        })}
        <p className={styles.from}>
          <Link to={`/library/teachers/${authorId}`}>{authorName}</Link>
          <Link to={`/library/schools/${organizationId}`}>{organizationName}</Link>
          <span className={styles.plays}>{t('library.plays', { plays: played })}</span>
          {state !== 'published' && <span className={styles.state}>{t(`library.state.${state}`)}</span>}
        </p>
        {children}
      </div>
    </article>
  );
}
