import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { PublicLive } from '#protocol/public-live.ts';
import type { Replay } from '#protocol/rest.ts';
import { useFullscreen } from '../classroom/use-fullscreen.ts';
import { castOf } from '../replay/cast.ts';
import { ReplayStage } from '../replay/ReplayStage.tsx';
import { useReplayEngine } from '../replay/use-replay-engine.ts';
import { pictureOf } from '../replay/view.ts';
import { Message } from '../ui/Message.tsx';
import { clockTime, longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import { Waiting } from '../ui/Waiting.tsx';
import styles from './LivePage.module.css';
import { publicLiveQuery } from './live-api.ts';

/** An open lesson as everybody may watch it while it is held. */
export function LivePage() {
  const { lessonId = '' } = useParams();
  const { t } = useTranslation();
  const { data, error } = useQuery(publicLiveQuery(lessonId));
  if (!data) return error ? <Message page="stage" title={t('live.none')} /> : <Waiting page="stage" />;
  if (data.state === 'live' && data.replay) return <Playing live={data} replay={data.replay} />;
  return <NotNow live={data} />;
}

function NotNow({ live }: { live: PublicLive }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { state, plannedStart } = live;
  const when = `${longDate(plannedStart, language)} ${clockTime(plannedStart, language)}`;
  if (state === 'stopped')
    return (
      <Message page="stage" title={t('live.stopped')}>
        {t('live.stoppedLead')}
      </Message>
    );
  if (state === 'ended')
    return (
      <Message page="stage" title={t('live.ended')}>
        {t('live.endedLead')}
      </Message>
    );
  return (
    <Message page="stage" title={t('live.waiting')}>
      {live.title} · {t('live.waitingLead', { when })}
    </Message>
  );
}

function Playing({ live, replay }: { live: PublicLive; replay: Replay }) {
  const { t } = useTranslation();
  const page = useRef<HTMLDivElement>(null);
  const { toggle } = useFullscreen(page);
  const { engine, snapshot } = useReplayEngine(replay, 'live');
  const [first] = useState(replay);
  const cast = castOf(replay);
  const picture = pictureOf('cut', null, {
    trackIds: replay.tracks.flatMap(({ kind, trackId }) => (kind === 'video' ? [trackId] : [])),
    board: false,
    leaderId: cast.leader?.trackId ?? null,
  });
  return (
    <div ref={page} className={styles.page} data-theme="stage" data-testid="public-live">
      <header className={styles.top}>
        <span className={styles.live}>{t('live.watch')}</span>
        <h1 className={styles.title}>
          <bdi>{live.title}</bdi>
        </h1>
        <span className={styles.quiet}>
          {live.organizationName} · {live.teacherName}
        </span>
        <span className={styles.delay}>{t('live.delay', { count: live.delaySeconds })}</span>
      </header>
      <ReplayStage
        engine={engine}
        snapshot={snapshot}
        cast={cast}
        tracks={replay.tracks}
        picture={picture}
        board={null}
        live
        epochMs={first.epochMs + live.delaySeconds * 1_000}
        resumedAtMs={null}
        onFullscreen={toggle}
      />
    </div>
  );
}
