import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { aboutQuery, sessionQuery } from '../api/queries.ts';
import { ERROR_WORDS, type PageErrorCode } from '../i18n/errors.ts';
import { InsecureNote } from '../office/InsecureNote.tsx';
import { HereLink } from '../pair/HereLink.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { DemoPeople } from './DemoPeople.tsx';
import { LinkedRooms } from './LinkedRooms.tsx';
import { PasswordCard } from './PasswordCard.tsx';
import styles from './SignInPage.module.css';
import { Steps } from './Steps.tsx';
import { safePath, useCameIn } from './use-came-in.ts';

const isKnown = (code: string | null): code is PageErrorCode =>
  code !== null && Object.hasOwn(ERROR_WORDS, code);

/** The ways in; then, one by one, what is still missing. `?next=` is where one wanted to go, `?problem=` why not. */
export function SignInPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const next = safePath(search.get('next'));
  const cameIn = useCameIn(next);
  const { data: about } = useQuery(aboutQuery);
  const { data: session } = useQuery(sessionQuery);
  const problem = search.get('problem');
  if (session?.needs) return <Steps session={session} next={next} />;
  return (
    <>
      <InsecureNote />
      {isKnown(problem) && (
        <Alert className={styles.error} type="warning" showIcon title={<ErrorNote code={problem} />} />
      )}
      <section className={styles.head}>
        <div className={styles.words}>
          <h1 className={styles.slogan}>{t('product.slogan')}</h1>
          <p className={styles.about}>{t('product.about')}</p>
        </div>
        <LinkedRooms className={styles.picture} />
      </section>
      <div className={styles.room}>
        <HereLink />
      </div>
      {about && !about.demoSignIn && <PasswordCard cameIn={cameIn} next={next} />}
      {about?.demoSignIn && (
        <>
          <DemoPeople cameIn={cameIn} />
          <div className={styles.below}>
            <PasswordCard cameIn={cameIn} next={next} />
          </div>
        </>
      )}
    </>
  );
}
